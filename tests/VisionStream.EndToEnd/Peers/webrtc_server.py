#!/usr/bin/python3
"""A WebRTC server for the tests, made of aiortc: WHEP and WHIP as MediaMTX speaks them.

    webrtc_server.py --port 8889 [--source PATH=URL]... [--codec h264|vp8]

--source  offers at /PATH/whep the video that libav reads from URL, from the moment a viewer comes.
--codec   h264 passes the source's packets on as they are (default); vp8 encodes them anew.

Anybody may publish at /ANY/PATH/whip; what comes is listened to. ICE, DTLS and SRTP are real; there is no STUN server.
Prints "ready" when it listens, then "watching PATH", "left PATH", "talking PATH", "heard PATH" once sound has come, "hung-up PATH".
"""

import argparse
import asyncio
import sys
import uuid

import aioice.ice
import av
import numpy
from aiohttp import web
from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack
from aiortc.rtcrtpsender import RTCRtpSender

# Chromium's fake microphone beeps for a part of each second; between the beeps it gives zeros. Samples are 16 bits wide.
LOUD = 500
LOUD_FRAMES = 10
CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Credentials": "true"}
METHODS = {
    "Access-Control-Allow-Methods": "OPTIONS, GET, POST, PATCH, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, If-Match",
}


def say(text):
    print(text, flush=True)


def with_loopback(find):
    """aioice leaves 127.0.0.1 out; a machine without a network has nothing else."""

    def addresses(use_ipv4, use_ipv6):
        return find(use_ipv4, False) + ["127.0.0.1"]

    return addresses


aioice.ice.get_host_addresses = with_loopback(aioice.ice.get_host_addresses)


class Source(MediaStreamTrack):
    """One viewer's reading of a source, which is opened with the first picture that is asked for. A thread of the pool reads."""

    kind = "video"

    def __init__(self, url, decode):
        super().__init__()
        self._items = frames(url) if decode else access_units(url)

    async def recv(self):
        try:
            item = await asyncio.get_running_loop().run_in_executor(None, next, self._items, None)
        except av.FFmpegError as error:
            say(f"source: {error}")
            item = None
        if item is None or self.readyState != "live":
            self.stop()
            raise MediaStreamError
        return item


def opened(url):
    options = {"rtsp_transport": "tcp"} if url.startswith("rtsp") else {}
    return av.open(url, options=options, timeout=(10, 10))


def frames(url):
    with opened(url) as container:
        first = None
        for frame in container.decode(video=0):
            first = frame.pts if first is None else first
            frame.pts -= first
            yield frame


def access_units(url):
    """Packets as they are. libav makes several of one access unit when parameter sets stand before each slice: they are joined."""
    with opened(url) as container:
        stream = container.streams.video[0]
        # A viewer who comes later needs the parameter sets, which RTSP and RTMP have beside the stream.
        parameters = bytes(stream.codec_context.extradata or b"")
        first, pts, data, key = None, None, b"", False
        for packet in container.demux(stream):
            if packet.pts is None:
                continue
            if data and packet.pts != pts:
                made = av.Packet((parameters if key else b"") + data)
                made.pts, made.time_base = pts - first, stream.time_base
                yield made
                data, key = b"", False
            first = packet.pts if first is None else first
            pts, data, key = packet.pts, data + bytes(packet), key or packet.is_keyframe


class Server:
    def __init__(self, sources, codec):
        self._sources = sources
        self._codec = codec
        self._sessions = {}

    def application(self):
        application = web.Application()
        application.router.add_route("*", "/{path:.+}/{kind:whip|whep}", self._endpoint)
        application.router.add_route("*", "/{path:.+}/{kind:whip|whep}/{secret}", self._session)
        application.on_shutdown.append(self._close_all)
        return application

    async def _endpoint(self, request):
        if request.method == "OPTIONS":
            preflight = "Access-Control-Request-Method" in request.headers
            expose = {} if preflight else {"Access-Control-Expose-Headers": "Link"}
            return web.Response(status=204, headers={**CORS, **METHODS, **expose})
        if request.method != "POST":
            return refusal(405, "method not allowed")
        if request.content_type != "application/sdp":
            return refusal(400, "invalid Content-Type")
        path, publishes = request.match_info["path"], request.match_info["kind"] == "whip"
        if not publishes and path not in self._sources:
            return refusal(404, f"no stream is available on path '{path}'")
        connection = RTCPeerConnection()
        secret = str(uuid.uuid4())
        self._sessions[secret] = connection
        offer = RTCSessionDescription(sdp=await request.text(), type="offer")
        answer = await (self._listen(connection, path, offer) if publishes else self._send(connection, path, offer))
        return web.Response(status=201, text=answer, content_type="application/sdp", headers={
            **CORS, "Access-Control-Expose-Headers": "ETag, ID, Accept-Patch, Link, Location", "ETag": "*", "ID": str(uuid.uuid4()),
            "Accept-Patch": "application/trickle-ice-sdpfrag", "Location": f"/{path}/{request.match_info['kind']}/{secret}"})

    async def _session(self, request):
        if request.method == "OPTIONS":
            return web.Response(status=204, headers={**CORS, **METHODS})
        connection = self._sessions.get(request.match_info["secret"])
        if connection is None:
            return refusal(404, "session not found")
        if request.method == "PATCH":
            # Candidates beyond the offer's are found by the checks that come from them.
            return web.Response(status=204, headers=CORS)
        if request.method == "DELETE":
            await self._sessions.pop(request.match_info["secret"]).close()
            return web.Response(status=200, headers=CORS)
        return refusal(405, "method not allowed")

    async def _send(self, connection, path, offer):
        source = Source(self._sources[path], self._codec != "h264")
        # Viewers of a source that has gone are sent away.
        source.on("ended", lambda: asyncio.ensure_future(connection.close()))
        self._tell(connection, f"watching {path}", f"left {path}", source)
        connection.addTrack(source)
        wanted = [c for c in RTCRtpSender.getCapabilities("video").codecs if c.mimeType.lower() == f"video/{self._codec}"]
        connection.getTransceivers()[0].setCodecPreferences(wanted)
        await connection.setRemoteDescription(offer)
        return await answered(connection)

    async def _listen(self, connection, path, offer):
        self._tell(connection, f"talking {path}", f"hung-up {path}", None)
        connection.on("track", lambda track: asyncio.ensure_future(listen(track, path)))
        await connection.setRemoteDescription(offer)
        return await answered(connection)

    def _tell(self, connection, begun, ended, source):
        told = []

        async def changed():
            state = connection.connectionState
            if state == "connected" and not told:
                told.append(begun)
                say(begun)
            elif state in ("failed", "closed") and told != [] and ended not in told:
                told.append(ended)
                say(ended)
            if state in ("failed", "closed") and source is not None:
                source.stop()
            if state == "failed":
                await connection.close()

        connection.on("connectionstatechange", changed)

    async def _close_all(self, _):
        await asyncio.gather(*(connection.close() for connection in self._sessions.values()))


async def answered(connection):
    await connection.setLocalDescription(await connection.createAnswer())
    return connection.localDescription.sdp


async def listen(track, path):
    loud = 0
    try:
        while True:
            frame = await track.recv()
            if track.kind == "audio" and numpy.abs(frame.to_ndarray().astype(numpy.int32)).max() > LOUD:
                loud += 1
                if loud == LOUD_FRAMES:
                    say(f"heard {path}")
    except MediaStreamError:
        pass


def refusal(status, why):
    return web.json_response({"error": why}, status=status, headers=CORS)


async def serve(options):
    sources = dict(source.split("=", 1) for source in options.source)
    runner = web.AppRunner(Server(sources, options.codec).application())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", options.port).start()
    say("ready")
    await asyncio.Event().wait()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--source", action="append", default=[])
    parser.add_argument("--codec", choices=["h264", "vp8"], default="h264")
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    sys.exit(main())
