-- Changes one attribute of one of 1,000 entities, a new value each time so that no write is left out.
local counter = 0
function setup(thread) thread:set("id", math.random(1, 1000000)) end
function request()
  counter = counter + 1
  local body = '{"speed":{"type":"Property","value":' .. counter .. '.' .. id .. '}}'
  local path = "/ngsi-ld/v1/entities/urn:ngsi-ld:Bench:" .. (counter % 1000) .. "/attrs"
  return wrk.format("PATCH", path, {["Content-Type"] = "application/json"}, body)
end
