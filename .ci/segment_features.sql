SELECT /* What customers are put into segments by, beside the segments of the newest date. */ s.customer_id, s.segment_id, s.distance,
  datediff(s.logical_date, p.last_order_on) AS recency_days,
  p.orders AS frequency_orders,
  CAST(p.gross_amount - p.returned_amount AS DECIMAL(18, 2)) AS monetary,
  datediff(s.logical_date, p.first_order_on) AS tenure_days,
  coalesce(try_divide(double(p.returned_amount), double(p.gross_amount)), 0D) AS returned_share,
  coalesce(i.interactions, 0) AS interactions_90d
FROM curated.customer_segments_latest AS s
JOIN (
  SELECT *, row_number() OVER (PARTITION BY source, customer_id ORDER BY logical_date DESC) AS version
  FROM core.customer_purchases
) AS p USING (source, customer_id)
LEFT JOIN (
  SELECT source, customer_id, count(*) AS interactions FROM core.interactions
  WHERE occurred_on > (SELECT max(logical_date) FROM curated.customer_segments_latest) - INTERVAL 90 DAYS
  GROUP BY source, customer_id
) AS i USING (source, customer_id)
WHERE p.version = 1
