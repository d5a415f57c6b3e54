-- An interval is multiplied by a double, which counts microseconds exactly until the year 2255 only: the last one of 9999, a deadline that
-- means "none", became the year 10000. Whole seconds are exact in every year that a job may name, and so is what is left of one.
CREATE OR REPLACE FUNCTION from_micros(bigint) RETURNS timestamptz
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN timestamptz 'epoch' + $1 / 1000000 * interval '1 second' + $1 % 1000000 * interval '1 microsecond';
