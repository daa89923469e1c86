-- Fills the empty tables of a store with :n made-up events in order of time, a thousand
-- actors, two hundred places and fifty topics, a few of them in most of the events:
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
INSERT INTO events_name SELECT i, 0, 'actor' || i, 'actor' || i FROM generate_series(1, 1000) i;
INSERT INTO events_name SELECT 1000 + i, 1, 'place' || i, 'place' || i FROM generate_series(1, 200) i;
INSERT INTO events_name SELECT 1200 + i, 2, 'topic' || i, 'topic' || i FROM generate_series(1, 50) i;
CREATE UNLOGGED TABLE made AS
SELECT 4294967296 + i AS place, i, i::bigint * 20089 / :n AS day, 1 + i % 6 AS status,
	1 + (1000 * power((i::bigint * 7919 % 1000003) / 1000003.0, 3))::int % 1000 AS actor,
	1001 + (200 * power((i::bigint * 104729 % 1000003) / 1000003.0, 3))::int % 200 AS at,
	1201 + (50 * power((i::bigint * 15485863 % 1000003) / 1000003.0, 3))::int % 50 AS topic
FROM generate_series(0, :n - 1) i;
INSERT INTO events SELECT place, 1, 'e' || i, day, day, day, date_trunc('month', date '1970-01-01' + day::int)::date - date '1970-01-01', day, day, status, 0, 1, 1, '{}',
	'event ' || i || chr(1) || chr(1), 'https://a.example/' || i || chr(10),
	'{"id":"e' || i || '","date":"' || date '1970-01-01' + day::int || '","title":"Event ' || i || '","status":"' || (ARRAY['confirmed', 'reported', 'claimed', 'alleged', 'disputed', 'unverified'])[status]
	|| '","actors":["actor' || actor || '"],"places":["place' || at - 1000 || '"],"topics":["topic' || topic - 1200 || '"],"sources":[{"url":"https://a.example/' || i || '","title":"T"}]}'
FROM made ORDER BY place;
INSERT INTO events_has SELECT name, place FROM made, unnest(ARRAY[actor, at, topic]) name ORDER BY 1, 2;
INSERT INTO events_month
SELECT field, value, month, count(*) FROM (
	SELECT -1 AS field, 0 AS value, month FROM events UNION ALL
	SELECT 7, status, month FROM events UNION ALL
	SELECT n.field, h.name, e.month FROM events_has h JOIN events e ON e.place = h.event JOIN events_name n ON n.id = h.name) s
GROUP BY 1, 2, 3;
DROP TABLE made;
