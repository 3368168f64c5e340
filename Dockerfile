# Parley's image: the production package (no database, no demonstration data), with an AOT cache for its JVM.
#
#   docker build -t registry.example/parley:0.1.0 .
#
# The cache fits just the JVM and the jars that it was made with, so it is made here, in the image that runs.

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY . .
RUN mvn -q -B -ntp -Pproduction package -Dmaven.test.skip -Dspotless.check.skip -Dquarkus.package.jar.type=aot-jar -Dquarkus.package.jar.aot.enabled=true
# The same program once more with the parts that bring a PostgreSQL: it plays the rehearsal, and stays behind in this stage.
RUN mvn -q -B -ntp process-classes dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=target/rehearsal -Dmaven.test.skip -Dspotless.check.skip

FROM eclipse-temurin:25-jre-noble AS trained
COPY --from=build --chown=10001:10001 /build/target/production/quarkus-app /opt/parley
COPY --from=build /build/target/classes /rehearsal/classes
COPY --from=build /build/target/rehearsal /rehearsal/lib
# PostgreSQL wants its user to have a name.
RUN useradd --uid 10001 --no-create-home rehearsal
ENV PARLEY_CACHE=/tmp/cache
WORKDIR /opt/parley
USER 10001:10001
RUN ["java", "--enable-native-access=ALL-UNNAMED", "-cp", "/rehearsal/classes:/rehearsal/lib/*", "dev.parley.standalone.Rehearsal", "java", "-XX:AOTCacheOutput=/opt/parley/parley.aot", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0", "-XX:-ShrinkHeapInSteps", "-XX:MinHeapFreeRatio=20", "-XX:MaxHeapFreeRatio=40", "-Xms96m", "-Xmn32m", "-XX:TrimNativeHeapInterval=5000", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", "quarkus-run.jar"]

FROM eclipse-temurin:25-jre-noble
LABEL org.opencontainers.image.title="Parley" org.opencontainers.image.licenses="Apache-2.0"
# Files are root's and nobody else's to write.
COPY --from=trained --chown=0:0 /opt/parley /opt/parley
COPY LICENSE NOTICE /opt/parley/
WORKDIR /opt/parley
USER 10001:10001
EXPOSE 8080 9000
# Memory: short object headers; the cache where it was written for, so that its pages stay those of the file (an attacker who
# reads memory finds classes where they expect them, the price); a heap that grows with what lives and shrinks again, and a
# young generation of one size, since a share of the pod's memory would be mostly rubbish; what the compilers freed goes back every 5 s.
# No shell in between: the JVM itself gets SIGTERM. More options: JDK_JAVA_OPTIONS.
ENTRYPOINT ["java", "-XX:AOTCache=/opt/parley/parley.aot", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0", "-XX:-ShrinkHeapInSteps", "-XX:MinHeapFreeRatio=20", "-XX:MaxHeapFreeRatio=40", "-Xms96m", "-Xmn32m", "-XX:TrimNativeHeapInterval=5000", "-XX:MaxRAMPercentage=50", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", "quarkus-run.jar"]
