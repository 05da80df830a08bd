-- One row a room and day: whether its sensor keeps talking.
SELECT
  room_id,
  "date",
  count(*) AS readings,
  min(temperature) AS lowest,
  avg(temperature) AS mean,
  max(temperature) AS highest
FROM temperatures
GROUP BY room_id, "date"
ORDER BY room_id, "date"
