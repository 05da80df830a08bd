-- One row a room: what the lake holds of it.
SELECT
  room_id,
  count(*) AS readings,
  min("timestamp") AS first_reading,
  max("timestamp") AS last_reading,
  max_by(temperature, "timestamp") AS latest,
  min(temperature) AS lowest,
  avg(temperature) AS mean,
  max(temperature) AS highest
FROM temperatures
GROUP BY room_id
ORDER BY room_id
