"""The worker's parts: `schedule` (when), `jobs` (what, one at a time), `housekeeping` (what is out of date goes)."""
