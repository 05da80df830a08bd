-- One row an alarm: an episode of readings above their model's threshold, with times that a chart can use.
SELECT
  room_id,
  CAST("start" AS timestamp) AS started,
  CAST("end" AS timestamp) AS ended,
  worst,
  score,
  readings,
  kind,
  model
FROM alarms
ORDER BY room_id, started
