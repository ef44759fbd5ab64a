# Two stages: the first installs the hash-pinned lock, the second holds nothing but what runs.
FROM python:3.12-slim AS build
WORKDIR /app
COPY requirements.lock .
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.lock

FROM python:3.12-slim
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin latchkey \
 && install -d -o latchkey -m 0700 /data
COPY --from=build /venv /venv
WORKDIR /app
COPY bot bot
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    LATCHKEY_DATA_DIR=/data \
    LATCHKEY_MASTER_KEY_FILE=/run/secrets/latchkey-master-key \
    LATCHKEY_HTTP_BIND=127.0.0.1:8080
USER latchkey
VOLUME /data
# Run it with a read-only root: docker run --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges …
HEALTHCHECK --interval=30s --timeout=6s --start-period=15s CMD ["python", "-m", "bot", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
