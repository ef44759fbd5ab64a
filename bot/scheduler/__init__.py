"""When things happen: the watch's pace and the housekeeping. APScheduler lives here and nowhere else."""
