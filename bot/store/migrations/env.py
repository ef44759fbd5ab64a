"""Alembic's way in. It is loaded by path, by ``upgrade`` of this package and by nothing else."""

from alembic import context

from bot.store.tables import metadata

# The transaction is the caller's: all migrations of one start are kept together, or none is.
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
