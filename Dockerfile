# The static binary alone, run by nobody:
#
#	docker run -it --rm ghcr.io/OWNER/dateline
FROM scratch
ARG TARGETPLATFORM
COPY $TARGETPLATFORM/dateline /dateline
USER 65534:65534
ENTRYPOINT ["/dateline"]
