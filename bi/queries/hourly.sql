-- One row a room and hour of the last 14 days that the lake has readings of.
WITH newest AS (
  SELECT max("timestamp") AS last_reading
  FROM temperatures
)
SELECT
  t.room_id,
  date_trunc('hour', t."timestamp") AS hour,
  count(*) AS readings,
  min(t.temperature) AS lowest,
  avg(t.temperature) AS mean,
  max(t.temperature) AS highest
FROM temperatures AS t
CROSS JOIN newest AS n
WHERE t."timestamp" > n.last_reading - INTERVAL '14' DAY
GROUP BY t.room_id, date_trunc('hour', t."timestamp")
ORDER BY 1, 2
