-- The line that dev.parley.load.Wrk reads; microseconds.
done = function(summary, latency, requests)
  local failed = summary.errors.status + summary.errors.connect + summary.errors.read
    + summary.errors.write + summary.errors.timeout
  io.write(string.format("LOAD requests=%d micros=%d failed=%d bytes=%d p50=%d p95=%d p99=%d\n",
    summary.requests, summary.duration, failed, summary.bytes,
    latency:percentile(50), latency:percentile(95), latency:percentile(99)))
end
