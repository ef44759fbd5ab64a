"""What operators see: logs, metrics, health. structlog and prometheus-client live here and nowhere else."""
