-- Posts photos as multipart forms, each client its own sequence: wrk -s predict.lua URL -- PHOTO...
--
--   find PHOTOS -name '*.jpg' | shuf -n 300 --random-source=/dev/zero | xargs \
--     wrk -t2 -c8 -d20s --latency -s predict.lua http://127.0.0.1:8080/predict --
--
-- With REPEAT=1 every request is the first photo. Says at the end how many answers were not 200.
local boundary = "----food4j-load"
local requests = {}
local counter = 0
local threads = {}

function setup(thread)
  thread:set("first", #threads * 37)
  table.insert(threads, thread)
end

function init(args)
  local paths = args
  if os.getenv("REPEAT") then paths = { args[1] } end
  for _, path in ipairs(paths) do
    local file = assert(io.open(path, "rb"))
    local photo = file:read("*a")
    file:close()
    local body = "--" .. boundary .. "\r\n"
      .. 'Content-Disposition: form-data; name="image"; filename="photo.jpg"\r\n'
      .. "Content-Type: image/jpeg\r\n\r\n" .. photo .. "\r\n--" .. boundary .. "--\r\n"
    table.insert(requests, wrk.format("POST", nil,
      { ["Content-Type"] = "multipart/form-data; boundary=" .. boundary }, body))
  end
  counter = first
  refused = 0
end

function request()
  counter = counter + 1
  return requests[counter % #requests + 1]
end

function response(status)
  if status ~= 200 then refused = refused + 1 end
end

function done(summary, latency)
  local others = 0
  for _, thread in ipairs(threads) do others = others + thread:get("refused") end
  io.write(string.format("requests/s %.1f  p50 %.1f ms  p95 %.1f ms  p99 %.1f ms  not 200: %d  errors: %d\n",
    summary.requests / summary.duration * 1e6, latency:percentile(50) / 1000,
    latency:percentile(95) / 1000, latency:percentile(99) / 1000, others,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
