using System.Net;
using System.Security.Cryptography;
using VisionStream.Detector.Models;
using VisionStream.Host.Configuration;

namespace VisionStream.Host.Models;

/// <summary>
/// For one use. Brings a model file into a library: copied or downloaded beside its place, checked against its SHA-256, tried as a
/// detector, and only then moved into place. What fails on the way leaves nothing behind.
/// </summary>
/// <param name="library">Where it goes.</param>
/// <param name="http">For addresses; its time-out counts until the answer's head.</param>
internal sealed class ModelDownload(ModelLibrary library, HttpClient http)
{
    /// <summary>The longest file that is taken: the largest YOLO models have a quarter of that.</summary>
    public const long MaxBytes = 1L << 30;

    // A server that sends nothing for so long is given up.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    /// <summary>Adds a model.</summary>
    /// <param name="source">A path, or an http or https address.</param>
    /// <param name="sha256">What the file has to hash to, 64 hexadecimal digits.</param>
    /// <param name="name">What it is called; <see langword="null"/> for its file's name.</param>
    /// <param name="progress">Told how many bytes are there and how many there will be, if that is known.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Where it lies now.</returns>
    /// <exception cref="BadInputException">It cannot be had, is not what was promised, or is no detector; the message says which.</exception>
    public async Task<StoredModel> AddAsync(string source, string sha256, string? name, Action<long, long?> progress, CancellationToken cancel)
    {
        if (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigit))
        {
            throw new BadInputException($"--sha256: '{sha256}' is not 64 hexadecimal digits; sha256sum FILE prints them.");
        }

        name = NameOf(name ?? LastPart(source));
        var target = Path.Combine(library.Added, name + ModelLibrary.Extension);
        Directory.CreateDirectory(library.Added);

        // On the same file system as the target, so that moving it there is one step.
        var folder = Directory.CreateDirectory(Path.Combine(library.Added, $".adding-{Guid.NewGuid():N}")).FullName;
        try
        {
            var file = Path.Combine(folder, name + ModelLibrary.Extension);
            var found = await FetchAsync(source, file, progress, cancel);
            if (!found.Equals(sha256, StringComparison.OrdinalIgnoreCase))
            {
                throw new BadInputException($"{source} is not the expected file: its SHA-256 is {found}, expected {sha256.ToLowerInvariant()}. Nothing was added.");
            }

            Try(file, source);
            Place(file, target, found);
            return new StoredModel(name, target, IsBundled: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{source} cannot be brought to {library.Added}: {e.Message}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string LastPart(string source) =>
        Uri.TryCreate(source, UriKind.Absolute, out var uri) && !uri.IsFile ? Path.GetFileName(uri.LocalPath) : Path.GetFileName(source);

    private static string NameOf(string file)
    {
        var name = file.EndsWith(ModelLibrary.Extension, StringComparison.OrdinalIgnoreCase) ? file[..^ModelLibrary.Extension.Length] : file;
        return name.Length is > 0 and <= 100 && name[0] != '.' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
            ? name
            : throw new BadInputException($"'{name}' is no name for a model; give one of letters, digits, dots, dashes and underscores with --name.");
    }

    private static void Try(string file, string source)
    {
        try
        {
            DetectorModel.Load(file).Dispose();
        }
        catch (ModelException e)
        {
            throw new BadInputException(e.Message.Replace(file, source, StringComparison.Ordinal));
        }
    }

    private static void Place(string file, string target, string sha256)
    {
        if (!File.Exists(target))
        {
            File.Move(file, target, overwrite: false);
            return;
        }

        using var present = File.OpenRead(target);
        if (!Convert.ToHexStringLower(SHA256.HashData(present)).Equals(sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new BadInputException($"There is another model at {target}; give this one another name with --name, or remove that file.");
        }
    }

    private async Task<string> FetchAsync(string source, string file, Action<long, long?> progress, CancellationToken cancel)
    {
        if (!Uri.TryCreate(source, UriKind.Absolute, out var address) || address.IsFile)
        {
            if (!File.Exists(source))
            {
                throw new BadInputException($"There is no file '{source}'.");
            }

            await using var local = File.OpenRead(source);
            return await CopyAsync(local, local.Length, source, file, progress, cancel);
        }

        if (address.Scheme is not ("http" or "https"))
        {
            throw new BadInputException($"Models come from files and from http and https addresses; {address.Scheme} is neither.");
        }

        try
        {
            using var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw new BadInputException($"{source} answers {(int)response.StatusCode} {response.ReasonPhrase}.");
            }

            await using var body = await response.Content.ReadAsStreamAsync(cancel);
            return await CopyAsync(body, response.Content.Headers.ContentLength, source, file, progress, cancel);
        }
        catch (HttpRequestException e)
        {
            throw new BadInputException($"{source} cannot be fetched: {e.Message}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new BadInputException($"{source} gave nothing for {Silence.TotalSeconds:0} s.");
        }
    }

    /// <summary>Copies within the bound, and gives the SHA-256 of what was copied.</summary>
    private static async Task<string> CopyAsync(Stream from, long? length, string source, string file, Action<long, long?> progress, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await using var to = new FileStream(file, FileMode.CreateNew);
        var buffer = new byte[128 * 1024];
        var done = 0L;
        var expected = length ?? 0;
        while (Math.Max(done, expected) <= MaxBytes)
        {
            silence.CancelAfter(Silence);
            var count = await from.ReadAsync(buffer, silence.Token);
            if (count == 0)
            {
                return Convert.ToHexStringLower(hash.GetHashAndReset());
            }

            hash.AppendData(buffer, 0, count);
            await to.WriteAsync(buffer.AsMemory(0, count), cancel);
            done += count;
            progress(done, length);
        }

        throw new BadInputException($"{source} is larger than {MaxBytes >> 20} MiB, the most that is taken.");
    }
}
