-- Posts comments of some 200 characters, no two alike, each with an Idempotency-Key of its own, by readers of whom most
-- are new, to articles of all sites. Arguments: sites, articles of each, and a mark that is new in every run.
dofile("src/bench/lua/report.lua")

local adjectives = {"careful", "thorough", "fair", "calm", "useful", "detailed", "balanced", "patient", "lively", "clear"}
local places = {"harbour", "bridge", "library", "market", "station", "school", "park", "river", "theatre", "museum"}
local verbs = {"walked past", "worked beside", "read about", "asked about", "looked at", "thought about", "voted on"}
local people = {"neighbours", "children", "colleagues", "friends", "teachers", "shopkeepers", "parents", "drivers"}
local endings = {"and I hope that it stays open.", "so I look forward to the next part.", "which few papers still do.",
  "and we learned something new.", "though I would have liked a map.", "and that is good news for the town."}

local threads = 0
setup = function(thread)
  threads = threads + 1
  thread:set("id", threads)
end

local count = 0
init = function(args)
  sites, articles, mark = tonumber(args[1]), tonumber(args[2]), args[3]
  math.randomseed(os.time() * 7 + id)
end

local function any(list) return list[math.random(#list)] end

request = function()
  count = count + 1
  local key = mark .. "-" .. id .. "-" .. count
  local body = string.format(
    "Thank you for this %s report on the %s. My %s and I have %s the %s for %d years, as number %s in the list shows, %s",
    any(adjectives), any(places), any(people), any(verbs), any(places), math.random(2, 40), key, any(endings))
  local json = string.format('{"name":"Reader %d","email":"reader-%d@mail.example","body":"%s"}',
    count, math.random(100000), body)
  return wrk.format("POST",
    string.format("/api/v1/sites/load-%d/articles/a-%d/comments", math.random(sites), math.random(articles)),
    {["Content-Type"] = "application/json", ["Idempotency-Key"] = key}, json)
end
