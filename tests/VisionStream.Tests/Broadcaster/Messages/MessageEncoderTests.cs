using System.Text;
using System.Text.Json;
using VisionStream.Broadcaster.Messages;
using VisionStream.Broadcaster.Subscriptions;
using VisionStream.Core.Detections;
using VisionStream.Core.Streams;

namespace VisionStream.Tests.Broadcaster.Messages;

public sealed class MessageEncoderTests : IDisposable
{
    private readonly FramePool _pool = new();
    private readonly ManualTime _time = new();
    private readonly MessageEncoder _encoder;

    public MessageEncoderTests() => _encoder = new MessageEncoder(_pool, _time);

    public void Dispose()
    {
        _encoder.Dispose();
        Assert.Equal(0, _pool.Outstanding);
    }

    [Fact]
    public void Detections_have_every_field_of_the_schema_in_its_order()
    {
        var json = Payload(_encoder.Detections(Samples.Frame(1234, null, Samples.Person), DetectionFilter.All));
        Assert.Equal(
            "{type:string,schema:string,stream:string,session:string,seq:integer,"
            + "frame:{id:integer,pts_ms:number,width:integer,height:integer},"
            + "time:{ingested_at:string,clock:string,sent_at:string},"
            + "latency_ms:{decode:number,queue:number,preprocess:number,inference:integer,postprocess:number,total:number},"
            + "model:string,dropped:integer,"
            + "detections:[{class_id:integer,label:string,confidence:number,track_id:null,"
            + "box:{x:number,y:number,w:number,h:number},box_px:{x:number,y:integer,w:number,h:integer}}]}",
            JsonShape.Of(json));
    }

    [Fact]
    public void Detections_have_the_values_of_the_frame()
    {
        _time.Advance(TimeSpan.FromMilliseconds(171));
        var json = Payload(_encoder.Detections(Samples.Frame(1234, null, Samples.Person), DetectionFilter.All));
        Assert.Equal(
            string.Concat("""
                {"type":"detections","schema":"visionstream/1","stream":"live/glasses","session":"01JDA0000000000000000000AA","seq":1234,
                "frame":{"id":1834,"pts_ms":123400.123456,"width":854,"height":480},
                "time":{"ingested_at":"2026-11-21T10:00:00.120Z","clock":"rtcp_sr","sent_at":"2026-11-21T10:00:00.171Z"},
                "latency_ms":{"decode":1.11,"queue":0.4,"preprocess":0.78,"inference":31,"postprocess":0.3,"total":34.2},
                "model":"yolov8n-640","dropped":2,
                "detections":[{"class_id":0,"label":"person","confidence":0.87,"track_id":null,
                "box":{"x":0.12002,"y":0.3,"w":0.2,"h":0.55},"box_px":{"x":102.5,"y":144,"w":170.8,"h":264}}]}
                """.Split('\n')),
            Encoding.UTF8.GetString(json));
    }

    [Fact]
    public void A_frame_without_detections_is_a_message_with_an_empty_list()
    {
        var json = Parse(_encoder.Detections(Samples.Frame(1), DetectionFilter.All));
        Assert.Equal(0, json.GetProperty("detections").GetArrayLength());
    }

    [Fact]
    public void A_filter_leaves_out_what_it_does_not_pass_and_keeps_the_message()
    {
        var frame = Samples.Frame(1, null, Samples.Person, Samples.Dog);
        var dogs = Parse(_encoder.Detections(frame, new DetectionFilter(["DOG"], 0))).GetProperty("detections");
        Assert.Equal("dog", Assert.Single(dogs.EnumerateArray()).GetProperty("label").GetString());
        Assert.Equal(7, dogs[0].GetProperty("track_id").GetInt32());
        var sure = Parse(_encoder.Detections(frame, new DetectionFilter([], 0.5f))).GetProperty("detections");
        Assert.Equal("person", Assert.Single(sure.EnumerateArray()).GetProperty("label").GetString());
        Assert.Empty(Parse(_encoder.Detections(frame, new DetectionFilter(["cat"], 0))).GetProperty("detections").EnumerateArray());
    }

    [Fact]
    public void Text_that_needs_escaping_and_text_beyond_ascii_arrive_unchanged()
    {
        var odd = Samples.Person with { Label = "a \"quoted\" \\ 人 \n <b>" };
        var json = Parse(_encoder.Detections(Samples.Frame(1, null, odd), DetectionFilter.All));
        Assert.Equal(odd.Label, json.GetProperty("detections")[0].GetProperty("label").GetString());
    }

    [Fact]
    public void A_number_that_json_does_not_know_is_refused_and_leaves_no_buffer_behind()
    {
        var broken = Samples.Person with { Box = new BoundingBox(float.NaN, 0, 1, 1) };
        Assert.ThrowsAny<ArgumentException>(() => _encoder.Detections(Samples.Frame(1, null, broken), DetectionFilter.All));
    }

    [Fact]
    public void Hello_has_every_field_of_the_schema()
    {
        StreamSnapshot[] streams =
        [
            new(Samples.Status(StreamState.Online), Samples.Model, null),
            new(new StreamStatus(Samples.Robot, StreamState.Offline, "Not started yet.", ManualTime.Start), null, null),
        ];
        var hello = Parse(_encoder.Hello(Subscription.Everything, streams));
        const string Stream = "stream:string,state:string,reason:string,session:string,width:integer,height:integer,at:string,model:string,labels:[string]";
        Assert.Equal(
            "{type:string,schema:string,server_time:string,server_version:string,"
            + "subscription:{streams:null,classes:null,min_confidence:integer,max_fps:null},"
            + $"streams:[{{{Stream}}}|{{{Stream.Replace("session:string", "session:null").Replace("model:string,labels:[string]", "model:null,labels:[]")}}}]}}",
            JsonShape.Of(hello));
        Assert.Equal("hello", hello.GetProperty("type").GetString());
        Assert.Equal("visionstream/1", hello.GetProperty("schema").GetString());
        Assert.Equal("2026-11-21T10:00:00.000Z", hello.GetProperty("server_time").GetString());
        Assert.Matches(@"^\d+\.\d+\.\d+$", hello.GetProperty("server_version").GetString());
        Assert.Equal(Samples.Model.Labels, hello.GetProperty("streams")[0].GetProperty("labels").EnumerateArray().Select(l => l.GetString()));
    }

    [Fact]
    public void Subscribed_says_what_holds_now()
    {
        var subscription = new Subscription([Samples.Glasses, Samples.Robot], new DetectionFilter(["person", "Dog"], 0.25f), 2.5);
        var message = Parse(_encoder.Subscribed(subscription, []));
        Assert.Equal(
            "{type:string,subscription:{streams:[string],classes:[string],min_confidence:number,max_fps:number},streams:[]}",
            JsonShape.Of(message));
        Assert.Equal(
            """{"streams":["live/glasses","robot"],"classes":["dog","person"],"min_confidence":0.25,"max_fps":2.5}""",
            message.GetProperty("subscription").GetRawText());
    }

    [Theory]
    [InlineData(StreamState.Offline, "offline")]
    [InlineData(StreamState.Online, "online")]
    [InlineData(StreamState.Reconnecting, "reconnecting")]
    [InlineData(StreamState.ResolutionChanged, "resolution_changed")]
    [InlineData(StreamState.Error, "error")]
    public void Status_names_every_state(StreamState state, string name)
    {
        var message = Parse(_encoder.Status(Samples.Status(state)));
        Assert.Equal(
            "{type:string,stream:string,state:string,reason:string,session:string,width:integer,height:integer,at:string}",
            JsonShape.Of(message));
        Assert.Equal(name, message.GetProperty("state").GetString());
        Assert.Equal("Because 'it' is so.", message.GetProperty("reason").GetString());
    }

    [Fact]
    public void Lag_and_error_have_their_fields()
    {
        Assert.Equal("""{"type":"lag","lost":3,"lost_total":10}""", Parse(_encoder.Lag(3, 10)).GetRawText());
        Assert.Equal("""{"type":"error","message":"No."}""", Parse(_encoder.Error("No.")).GetRawText());
    }

    [Fact]
    public void A_long_message_grows_its_buffer_and_is_whole()
    {
        var many = Enumerable.Range(0, 300).Select(i => Samples.Person with { ClassId = i }).ToArray();
        var json = Parse(_encoder.Detections(Samples.Frame(1, null, many), DetectionFilter.All));
        Assert.Equal(Enumerable.Range(0, 300), json.GetProperty("detections").EnumerateArray().Select(d => d.GetProperty("class_id").GetInt32()));
    }

    private static JsonElement Parse(SharedFrame frame)
    {
        var reader = new Utf8JsonReader(Payload(frame));
        return JsonElement.ParseValue(ref reader);
    }

    private static byte[] Payload(SharedFrame frame)
    {
        var bytes = frame.Bytes.ToArray();
        frame.Release();
        return bytes[(bytes[1] switch { 126 => 4, 127 => 10, _ => 2 })..];
    }
}
