#!/usr/bin/python3
"""An RTSP server for the tests, made of gst-rtsp-server.

    gst_rtsp_server.py --port 8554 [--file PATH=CLIP.mp4]... [--pattern PATH=1280x720@30]... [--launch PATH=PIPELINE]... [--publish PREFIX]

--file     serves the H.264 of an MP4 in a loop, without re-encoding it.
--pattern  serves a moving test picture at that size and rate, a key frame a second, no B-frames.
--launch   plays a pipeline to each reader from its start, in real time: pay0 and pay1 are its tracks.
--publish  lets clients publish (ANNOUNCE, RECORD) below PREFIX; readers get the same path while the publisher is
           there, 404 before, and are disconnected when it goes, as with MediaMTX. H.264 only: audio is thrown away.

A reader starts at the frame that comes next, key frame or not, as with MediaMTX too.
Prints "ready" when it listens, then "published PATH" and "gone PATH".
"""

import argparse
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstApp", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstApp, GstRtsp, GstRtspServer  # noqa: E402,F401  (GstApp gives appsrc its methods)

Gst.init(None)  # before the first class is derived: GstRTSPMedia's signals name types that this registers

# One buffer is one access unit, and the parameter sets stand in the caps: a reader's SDP needs no key frame.
ACCESS_UNITS = "video/x-h264,stream-format=avc,alignment=au"
TO_CHANNEL = f"h264parse ! {ACCESS_UNITS} ! appsink name=sink emit-signals=true max-buffers=8 drop=true"


def say(text):
    print(text, flush=True)


class Channel:
    """The access units of one path on their way from a source to the play pipelines.

    push is called by the source's streaming thread, the rest by the server's threads.
    """

    def __init__(self, path):
        self.path = path
        self.caps = None
        self.has_caps = threading.Event()
        self._readers = set()
        self._lock = threading.Lock()

    def attach(self, appsrc):
        with self._lock:
            self._readers.add(appsrc)

    def detach(self, appsrc):
        with self._lock:
            self._readers.discard(appsrc)

    def take(self, appsink):
        """Handles new-sample. All pipelines run on the system clock: a time moves by the difference of base times."""
        sample = appsink.pull_sample()
        if sample is None:
            return Gst.FlowReturn.EOS
        buffer = sample.get_buffer()
        running_time = sample.get_segment().to_running_time(Gst.Format.TIME, buffer.pts)
        with self._lock:
            self.caps = sample.get_caps()
            self.has_caps.set()
            for appsrc in self._readers:
                if appsrc.get_state(0)[1] != Gst.State.PLAYING:
                    continue  # it has no base time yet
                pts = running_time + appsink.get_base_time() - appsrc.get_base_time()
                if pts < 0:
                    continue  # from before the reader came
                copy = buffer.copy()  # shares the memory
                copy.pts = pts
                copy.dts = Gst.CLOCK_TIME_NONE
                appsrc.push_sample(Gst.Sample.new(copy, self.caps, None, None))
        return Gst.FlowReturn.OK


class PlayFactory(GstRtspServer.RTSPMediaFactory):
    """Makes the pipeline that all readers of a channel share."""

    def __init__(self, channel):
        super().__init__()
        self._channel = channel
        self.set_shared(True)
        self.set_clock(Gst.SystemClock.obtain())
        self.connect("media-configure", self._configure)

    def do_create_element(self, _url):
        bin_ = Gst.parse_launch(
            "( appsrc name=source is-live=true format=time max-buffers=64 leaky-type=downstream"
            " ! h264parse ! rtph264pay name=pay0 pt=96 config-interval=-1 )"
        )
        bin_.get_by_name("source").set_caps(self._channel.caps)
        return bin_

    def _configure(self, _factory, media):
        appsrc = media.get_element().get_by_name("source")
        self._channel.attach(appsrc)
        media.connect("unprepared", lambda _media: self._channel.detach(appsrc))


class Loop:
    """A pipeline that runs all the time and puts access units into a channel; starts again when it ends."""

    def __init__(self, channel, description):
        self._pipeline = Gst.parse_launch(f"{description} ! {TO_CHANNEL}")
        self._pipeline.use_clock(Gst.SystemClock.obtain())
        self._pipeline.get_by_name("sink").connect("new-sample", channel.take)
        bus = self._pipeline.get_bus()
        bus.add_signal_watch()
        bus.connect("message::eos", self._again)
        bus.connect("message::error", self._fail)
        self._pipeline.set_state(Gst.State.PLAYING)

    def _again(self, _bus, _message):
        self._pipeline.seek_simple(Gst.Format.TIME, Gst.SeekFlags.FLUSH | Gst.SeekFlags.KEY_UNIT, 0)

    def _fail(self, _bus, message):
        say(f"error: {message.parse_error()}")
        sys.exit(1)


class ReceivedMedia(GstRtspServer.RTSPMedia):
    """Takes times from the RTP timestamps alone: the jitter buffer's other modes stumble over those of B-frames."""

    def do_setup_rtpbin(self, rtpbin):
        rtpbin.set_property("buffer-mode", 0)
        return True


class Publishing(GstRtspServer.RTSPAuth):
    """Swaps the factory of a path: one that receives while a client announces itself there, then one that plays.

    It is an authority because the server asks it about every request before it looks for the path's factory.
    """

    def __init__(self, server, prefix):
        super().__init__()
        self._mounts = server.get_mount_points()
        self._prefix = prefix
        self._readers = {}  # client -> the path that it plays
        self._lock = threading.Lock()
        server.set_auth(self)
        server.connect("client-connected", self._on_client)

    def do_check(self, context, check):
        if check == "auth.check.url" and context.method == GstRtsp.RTSPMethod.ANNOUNCE:
            self._before_announce(context)
        return True

    def _before_announce(self, context):
        path = context.uri.abspath
        if not path.startswith(self._prefix) or self._mounts.match(path)[0] is not None:
            return  # not a place to publish, or someone does already: the server itself says so
        context.client.channel = Channel(path)
        factory = GstRtspServer.RTSPMediaFactory()
        factory.set_transport_mode(GstRtspServer.RTSPTransportMode.RECORD)
        factory.set_clock(Gst.SystemClock.obtain())
        factory.set_media_gtype(ReceivedMedia)
        factory.set_launch(receiving(context.request.get_body()[1]))
        factory.connect("media-configure", self._receive, context.client.channel)
        self._mounts.add_factory(path, factory)

    def _on_client(self, _server, client):
        client.connect("announce-request", self._after_announce)
        client.connect("play-request", self._on_play)
        client.connect("closed", self._on_closed)

    def _receive(self, _factory, media, channel):
        media.get_element().get_by_name("sink").connect("new-sample", channel.take)
        media.connect("unprepared", self._on_gone, channel)

    def _after_announce(self, client, _context):
        channel = client.channel
        # Readers may come as soon as the parameter sets are known, not earlier.
        self._mounts.remove_factory(channel.path)
        self._mounts.add_factory(channel.path, PlayFactory(channel))
        say(f"published {channel.path}")

    def _on_play(self, client, context):
        with self._lock:
            self._readers[client] = context.uri.abspath.rstrip("/")

    def _on_closed(self, client):
        with self._lock:
            self._readers.pop(client, None)

    def _on_gone(self, _media, channel):
        self._mounts.remove_factory(channel.path)
        with self._lock:
            readers = [client for client, path in self._readers.items() if path == channel.path]
        for client in readers:
            client.close()
        say(f"gone {channel.path}")


def receiving(sdp):
    """The launch line that receives the streams of a publisher's SDP, one depayloader for each."""
    parts = []
    for index, section in enumerate(bytes(sdp).decode().split("m=")[1:]):
        if section.startswith("video") and "H264/90000" in section:
            parts.append(f"rtph264depay name=depay{index} ! {TO_CHANNEL}")
        else:
            parts.append(f"identity name=depay{index} ! fakesink async=false")
    return "( " + " ".join(parts) + " )"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", required=True)
    parser.add_argument("--file", action="append", default=[])
    parser.add_argument("--pattern", action="append", default=[])
    parser.add_argument("--launch", action="append", default=[])
    parser.add_argument("--publish")
    arguments = parser.parse_args()
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(arguments.port)
    pool = server.get_thread_pool()
    pool.set_max_threads(-1)  # a reader that waits for a first frame must not hold up the publisher

    descriptions = {}
    for path, clip in (value.split("=", 1) for value in arguments.file):
        descriptions[path] = f'filesrc location="{clip}" ! qtdemux ! identity sync=true'
    for path, shape in (value.split("=", 1) for value in arguments.pattern):
        size, rate = shape.split("@")
        width, height = size.split("x")
        descriptions[path] = (
            f"videotestsrc is-live=true pattern=ball ! video/x-raw,format=I420,width={width},height={height},framerate={rate}/1"
            f" ! x264enc tune=zerolatency speed-preset=ultrafast threads=1 key-int-max={rate}"
        )
    loops = []
    channels = []
    for path, description in descriptions.items():
        channel = Channel(path)
        loops.append(Loop(channel, description))
        channels.append(channel)
        server.get_mount_points().add_factory(path, PlayFactory(channel))
    for path, line in (value.split("=", 1) for value in arguments.launch):
        factory = GstRtspServer.RTSPMediaFactory()
        factory.set_launch(f"( {line} )")
        server.get_mount_points().add_factory(path, factory)
    if arguments.publish:
        Publishing(server, arguments.publish)

    def ready():
        if not all(channel.has_caps.is_set() for channel in channels):
            return True
        if not server.attach(None):
            say("error: cannot listen")
            sys.exit(1)
        say("ready")
        return False

    GLib.timeout_add(20, ready)
    GLib.MainLoop().run()


main()
