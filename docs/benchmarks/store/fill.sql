-- Fills the empty tables of a store with :n made-up events in order of time, a thousand
-- actors, two hundred places and fifty topics, a few of them in most of the events, of
-- which one in ten answers another:
--
--	dateline load --print URL >schema.sql
--	grep -v 'INDEX\|ADD PRIMARY KEY' schema.sql | psql URL
--	psql -v n=1000000 URL -f fill.sql
--	(echo 'BEGIN;'; grep 'INDEX\|ADD PRIMARY KEY' schema.sql; echo 'COMMIT; ANALYZE;') | psql URL
--	go test ./timeline/postgres -run Pages -v -filled URL
--
-- The events are narrow, about 250 bytes each.
SET synchronous_commit = off;
INSERT INTO events_file VALUES (1, 'made.jsonl', '{"schemaVersion": "1.0", "actors": [], "events": []}', :n, 0, 20088, 20088);
CREATE UNLOGGED TABLE made AS
SELECT 4294967296 + i AS place, i, i::bigint * 20089 / :n AS day, 1 + i % 6 AS status,
	1 + (1000 * power((i::bigint * 7919 % 1000003) / 1000003.0, 3))::int % 1000 AS actor,
	1001 + (200 * power((i::bigint * 104729 % 1000003) / 1000003.0, 3))::int % 200 AS at,
	1201 + (50 * power((i::bigint * 15485863 % 1000003) / 1000003.0, 3))::int % 50 AS topic
FROM generate_series(0, :n - 1) i;
INSERT INTO events SELECT place, 1, 'e' || i, day, NULL, date_trunc('month', date '1970-01-01' + day::int)::date - date '1970-01-01', day, day, status, 0, 1, 1, ARRAY[actor, at, topic],
	'event ' || i || chr(1) || chr(1), 'https://a.example/' || i || chr(10),
	'{"id":"e' || i || '","date":"' || date '1970-01-01' + day::int || '","title":"Event ' || i || '","status":"' || (ARRAY['confirmed', 'reported', 'claimed', 'alleged', 'disputed', 'unverified'])[status]
	|| '","actors":["actor' || actor || '"],"places":["place' || at - 1000 || '"],"topics":["topic' || topic - 1200 || '"],"sources":[{"url":"https://a.example/' || i || '","title":"T"}]' || CASE WHEN i % 10 = 0 AND i >= 100 THEN ',"answers":["e' || i - 100 || '"]}' ELSE '}' END
FROM made ORDER BY place;
INSERT INTO events_answer SELECT place, 'e' || i - 100 FROM made WHERE i % 10 = 0 AND i >= 100;
INSERT INTO events_has SELECT name, place FROM made, unnest(ARRAY[actor, at, topic]) name ORDER BY 1, 2;
INSERT INTO events_name
SELECT id, field, name || n, name || n, events FROM (
	SELECT n AS id, 0 AS field, 'actor' AS name, n FROM generate_series(1, 1000) n UNION ALL
	SELECT 1000 + n, 1, 'place', n FROM generate_series(1, 200) n UNION ALL
	SELECT 1200 + n, 2, 'topic', n FROM generate_series(1, 50) n) named JOIN (SELECT name AS id, count(*) AS events FROM events_has GROUP BY 1) has USING (id);
INSERT INTO events_month
SELECT field, value, month, count(*) FROM (
	SELECT -1 AS field, 0 AS value, month FROM events UNION ALL
	SELECT 7, status, month FROM events UNION ALL
	SELECT n.field, h.name, e.month FROM events_has h JOIN events e ON e.place = h.event JOIN events_name n ON n.id = h.name) s
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
DROP TABLE made;
