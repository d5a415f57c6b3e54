# One image for the three processes; the command chooses: worker, scheduler or admin-api.
#
#   docker build -t millrace .
#   docker run --rm -e MILLRACE_BROKER_URI=... -e MILLRACE_DATABASE_URL=... millrace worker
#
# ops/configuration.md lists the settings. Health checks belong to whoever runs the image: docker-compose.yml has them.

FROM eclipse-temurin:25-jdk AS build
# mvnw fetches Maven with curl. The base image has had it for historical reasons, and promises nothing.
RUN command -v curl >/dev/null \
    || (apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*)
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/m2 \
    ./mvnw -Dmaven.repo.local=/m2 -q -B -ntp -Dmaven.test.skip=true -Dspotless.check.skip=true -Dmdep.analyze.skip=true \
      -pl worker,scheduler,admin-api,examples/lending -am package
# The three share most of their libraries, so they share one folder of them. What changes with every commit stands apart from
# what does not: each COPY below is a layer.
RUN for process in worker scheduler admin-api; do \
      java -Djarmode=tools -jar "$process"/target/millrace-"$process"-*-exec.jar \
        extract --force --destination /image/processes --application-filename "$process" || exit 1; \
    done \
    && mkdir -p /image/lib /image/own \
    && mv /image/processes/lib/millrace-*.jar /image/own/ \
    && mv /image/processes/lib/*.jar /image/lib/ \
    && rmdir /image/processes/lib

FROM eclipse-temurin:25-jre
RUN groupadd --gid 10001 millrace \
    && useradd --uid 10001 --gid millrace --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin millrace \
    && mkdir /plugins \
    && install -d -o millrace -g millrace -m 700 /issuer
WORKDIR /millrace
COPY --from=build /image/lib lib
COPY --from=build /src/examples/lending/target/plugin examples/lending
COPY ops/image/jvm.options ops/image/healthy ./
COPY --from=build /image/own lib
COPY --from=build /image/processes ./

# Inside a container the loopback address is the container's own: whoever publishes the port decides who reaches it.
ENV SERVER_ADDRESS=0.0.0.0 \
    MILLRACE_PLUGINS=/plugins
VOLUME /plugins
# By number, so that an orchestrator can see that it is not root.
USER 10001:10001
EXPOSE 8080 8081 8082

# The JVM is process 1, so SIGTERM reaches it and a worker finishes what it has begun. JDK_JAVA_OPTIONS adds options.
ENTRYPOINT ["java", "@/millrace/jvm.options", "-jar"]
CMD ["worker"]
