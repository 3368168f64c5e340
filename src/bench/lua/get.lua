-- GETs the address as it is. Arguments: headers, as "Name: value".
dofile("src/bench/lua/report.lua")

init = function(args)
  for _, line in ipairs(args) do
    local name, value = line:match("^([^:]+): (.*)$")
    wrk.headers[name] = value
  end
end
