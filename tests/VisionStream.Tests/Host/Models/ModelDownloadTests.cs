using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using VisionStream.Host.Configuration;
using VisionStream.Host.Models;

namespace VisionStream.Tests.Host.Models;

public sealed class ModelDownloadTests : IDisposable
{
    private const string Address = "http://models.test/some/mine.onnx";

    private readonly string _folder = Directory.CreateTempSubdirectory("visionstream-download-").FullName;
    private readonly byte[] _model = File.ReadAllBytes(Bundled);

    private static string Bundled => ModelLibrary.Default.List().Single(m => m.Name == ModelLibrary.DemoModel).Path;

    private ModelLibrary Library => new(Path.Combine(_folder, "bundled"), Path.Combine(_folder, "added"));

    [Fact]
    public async Task A_file_that_is_what_was_promised_is_found_by_its_name()
    {
        var done = 0L;
        var added = await AddAsync(Bundled, Hash(_model), progress: count => done = count);

        Assert.Equal(_model.Length, done);
        Assert.Equal(Path.Combine(_folder, "added", "markers-320.onnx"), added.Path);
        Assert.Equal(_model, await File.ReadAllBytesAsync(Library.Locate("markers-320"), TestContext.Current.CancellationToken));
        Assert.Single(Directory.EnumerateFileSystemEntries(Library.Added));
    }

    [Fact]
    public async Task An_address_names_it_and_a_name_of_ones_own_wins()
    {
        var answer = Answering(_model);

        Assert.Equal("mine", (await AddAsync(Address, Hash(_model), answer: answer)).Name);
        Assert.Equal("yours", (await AddAsync(Address, Hash(_model).ToUpperInvariant(), "yours", answer)).Name);
        Assert.Equal(["mine", "yours"], Library.List().Select(m => m.Name));
    }

    [Fact]
    public async Task Another_hash_adds_nothing() =>
        await RefusedAsync(Address, new string('0', 64), "expected 0000", Answering(_model));

    [Fact]
    public async Task What_is_no_detector_is_refused_by_its_own_name()
    {
        byte[] junk = [1, 2, 3];
        await RefusedAsync(Address, Hash(junk), $"'{Address}'", Answering(junk));
    }

    [Fact]
    public async Task An_answer_that_says_it_is_too_long_is_not_read()
    {
        var content = new ByteArrayContent([1]);
        content.Headers.ContentLength = ModelDownload.MaxBytes + 1;
        await RefusedAsync(Address, Hash([1]), "larger than", () => new HttpResponseMessage { Content = content });
    }

    [Fact]
    public async Task A_server_that_has_none_is_quoted() =>
        await RefusedAsync(Address, Hash(_model), "answers 404", () => new HttpResponseMessage(HttpStatusCode.NotFound));

    [Theory]
    [InlineData("ftp://models.test/mine.onnx", "neither")]
    [InlineData("no-such-file.onnx", "There is no file")]
    [InlineData("http://models.test/", "is no name")]
    [InlineData("http://models.test/.hidden.onnx", "is no name")]
    public async Task Sources_that_are_none_are_told(string source, string sentence) => await RefusedAsync(source, new string('a', 64), sentence);

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("zz0074932d4ed7e232278e3055cefcdea3edf178874a3694ae292649fb464dd0")]
    public async Task A_hash_that_is_none_is_told(string hash) => await RefusedAsync(Bundled, hash, "64 hexadecimal digits");

    [Fact]
    public async Task Another_model_of_the_same_name_stays()
    {
        Directory.CreateDirectory(Library.Added);
        var present = Path.Combine(Library.Added, "mine.onnx");
        await File.WriteAllTextAsync(present, "mine", TestContext.Current.CancellationToken);

        var refusal = await Assert.ThrowsAsync<BadInputException>(() => AddAsync(Address, Hash(_model), answer: Answering(_model)));

        Assert.Contains("another model", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(present, TestContext.Current.CancellationToken));
        Assert.Single(Directory.EnumerateFileSystemEntries(Library.Added));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static Func<HttpResponseMessage> Answering(byte[] body) => () => new HttpResponseMessage
    {
        Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } },
    };

    private async Task RefusedAsync(string source, string hash, string sentence, Func<HttpResponseMessage>? answer = null)
    {
        var refusal = await Assert.ThrowsAsync<BadInputException>(() => AddAsync(source, hash, answer: answer));

        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(".adding-", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Library.List());
        Assert.True(!Directory.Exists(Library.Added) || !Directory.EnumerateFileSystemEntries(Library.Added).Any(), "nothing stays behind");
    }

    private async Task<StoredModel> AddAsync(
        string source, string hash, string? name = null, Func<HttpResponseMessage>? answer = null, Action<long>? progress = null)
    {
        using var http = new HttpClient(new Answers(answer ?? (() => throw new HttpRequestException("nobody is to be asked"))));
        return await new ModelDownload(Library, http).AddAsync(source, hash, name, (done, _) => progress?.Invoke(done), TestContext.Current.CancellationToken);
    }

    private sealed class Answers(Func<HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer());
    }
}
