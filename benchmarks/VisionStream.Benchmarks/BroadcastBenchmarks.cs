using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using BenchmarkDotNet.Attributes;
using VisionStream.Broadcaster.FanOut;
using VisionStream.Broadcaster.Messages;

namespace VisionStream.Benchmarks;

/// <summary>
/// One ready message of 0.9 KB to <see cref="Subscribers"/> subscribers over loopback, and read back on the other side, all on one
/// thread. The floor is <see cref="SocketsAlone"/>, the system calls without anything of ours around them;
/// <see cref="OutboxesAlone"/> is our part without the system calls. Expected: 0 bytes allocated by both outboxes. The others are
/// what was not chosen: a WebSocket of .NET's for each subscriber frames the message anew each time.
/// </summary>
[MemoryDiagnoser]
[ExpectedAllocation(0)]
public class BroadcastBenchmarks : IDisposable
{
    private const int Subscribers = 100;
    private const int PayloadBytes = 971;

    private readonly FramePool _pool = new();
    private readonly byte[] _read = new byte[4096];
    private readonly Socket[] _here = new Socket[Subscribers];
    private readonly Socket[] _there = new Socket[Subscribers];
    private readonly NetworkStream[] _streams = new NetworkStream[Subscribers];
    private readonly Outbox[] _outboxes = new Outbox[Subscribers];
    private readonly Outbox[] _idle = new Outbox[Subscribers];
    private readonly WebSocket[] _webSockets = new WebSocket[Subscribers];
    private SharedFrame _message = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _message = SharedFrame.Copy(_pool, new byte[PayloadBytes], Opcode.Text);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var counters = new FanOutCounters();
        for (var i = 0; i < Subscribers; i++)
        {
            _there[i] = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            _there[i].Connect(listener.LocalEndpoint);
            _here[i] = listener.AcceptSocket();
            _here[i].NoDelay = true;
            _streams[i] = new NetworkStream(_here[i]);
            _outboxes[i] = new Outbox(_streams[i], 32, TimeProvider.System, counters);
            _idle[i] = new Outbox(Stream.Null, 32, TimeProvider.System, counters);
            _webSockets[i] = WebSocket.CreateFromStream(
                _streams[i], new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = Timeout.InfiniteTimeSpan });
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Subscribers)]
    [ExpectedAllocation(ExpectedAllocationAttribute.Any)]
    public void SocketsAlone()
    {
        foreach (var socket in _here)
        {
            socket.Send(_message.Bytes.Span);
        }

        ReadAll();
    }

    [Benchmark(OperationsPerInvoke = Subscribers)]
    public void OutboxesToSockets()
    {
        foreach (var outbox in _outboxes)
        {
            outbox.Offer(_message);
        }

        ReadAll();
    }

    [Benchmark(OperationsPerInvoke = Subscribers)]
    public void OutboxesAlone()
    {
        foreach (var outbox in _idle)
        {
            outbox.Offer(_message);
        }
    }

    [Benchmark(OperationsPerInvoke = Subscribers)]
    [ExpectedAllocation(ExpectedAllocationAttribute.Any)]
    public void WebSocketOfTheFramework()
    {
        var payload = _message.Bytes[^PayloadBytes..];
        foreach (var socket in _webSockets)
        {
            var send = socket.SendAsync(payload, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            if (!send.IsCompletedSuccessfully)
            {
                send.AsTask().GetAwaiter().GetResult();
            }
        }

        ReadAll();
    }

    [GlobalCleanup]
    public void Dispose()
    {
        foreach (var disposable in _webSockets.Concat<IDisposable>(_streams).Concat(_there).Where(d => d is not null))
        {
            disposable.Dispose();
        }

        _message?.Release();
        GC.SuppressFinalize(this);
    }

    private void ReadAll()
    {
        var frameBytes = _message.Bytes.Length;
        foreach (var socket in _there)
        {
            for (var left = frameBytes; left > 0;)
            {
                left -= socket.Receive(_read, left, SocketFlags.None);
            }
        }
    }
}
