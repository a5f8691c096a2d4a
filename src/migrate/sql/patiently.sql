-- Runs a statement that needs a lock: it waits {{lock_timeout}} at most, so that nobody queues behind it for longer, then tries again.
CREATE OR REPLACE FUNCTION pg_temp.patiently(statement text) RETURNS void LANGUAGE plpgsql AS $patiently$
DECLARE
  attempts constant int := 120;
BEGIN
  PERFORM set_config('lock_timeout', {{lock_timeout_text}}, true);
  FOR attempt IN 1..attempts LOOP
    BEGIN
      EXECUTE statement;
      RETURN;
    EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
      IF attempt = attempts THEN
        RAISE EXCEPTION 'no lock in % attempts of {{lock_timeout}} each: %', attempts, statement
          USING HINT = 'A long transaction holds the table. End it, or wait, and run this file again.';
      END IF;
      PERFORM pg_sleep(0.5);
    END;
  END LOOP;
END
$patiently$;
