# ClockEye's API as a server: docker build -t clockeye . && docker run -p 127.0.0.1:8080:8080 -v clockeye:/data clockeye
FROM python:3.13-slim AS build
COPY . /source
RUN python -m venv /clockeye && /clockeye/bin/pip install --no-cache-dir '/source[server,postgres]'

FROM python:3.13-slim
RUN useradd --system --uid 10001 --create-home --home-dir /data clockeye
COPY --from=build /clockeye /clockeye
ENV PATH=/clockeye/bin:$PATH CLOCKEYE_HOME=/data
USER 10001
# The SQLite file; unused with --data postgresql://…
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["python", "-c", \
    "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
ENTRYPOINT ["clockeye", "serve"]
CMD ["--host", "0.0.0.0", "--log", "-"]
