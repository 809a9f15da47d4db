using System.Security.Cryptography;
using VisionStream.MediaMtx.Tokens;

namespace VisionStream.Tests.MediaMtx.Tokens;

public sealed class SigningKeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signing").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_key_file_is_made_for_its_owner_alone_and_read_again()
    {
        var path = Path.Combine(_folder, "keys", "token.pem");
        var first = SigningKey.LoadOrCreate(path);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        Assert.Equal(first.Id, SigningKey.LoadOrCreate(path).Id);
        Assert.Equal("ES256", first.Algorithm);
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void A_file_without_a_key_is_named()
    {
        var path = Path.Combine(_folder, "token.pem");
        File.WriteAllText(path, "-----BEGIN NONSENSE-----");
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => SigningKey.LoadOrCreate(path)).Message, StringComparison.Ordinal);
        Assert.Equal("-----BEGIN NONSENSE-----", File.ReadAllText(path));
    }

    [Fact]
    public void Weak_and_public_keys_are_refused()
    {
        using var rsa = RSA.Create(1024);
        Assert.False(SigningKey.TryParsePem(rsa.ExportPkcs8PrivateKeyPem(), out _, out var error));
        Assert.Contains("1024 bits", error, StringComparison.Ordinal);
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.False(SigningKey.TryParsePem(ec.ExportSubjectPublicKeyInfoPem(), out _, out _));
        using var strong = RSA.Create(2048);
        Assert.False(SigningKey.TryParsePem(strong.ExportSubjectPublicKeyInfoPem(), out _, out _));
        Assert.Throws<ArgumentException>(() => SigningKey.OfSecret(new byte[31]));
    }

    [Fact]
    public void Derived_secrets_differ_by_purpose_and_by_key_and_stay_the_same()
    {
        var path = Path.Combine(_folder, "token.pem");
        var key = SigningKey.LoadOrCreate(path);
        Assert.Equal(key.Derive("a"), SigningKey.LoadOrCreate(path).Derive("a"));
        Assert.NotEqual(key.Derive("a"), key.Derive("b"));
        Assert.NotEqual(key.Derive("a"), SigningKey.Generate().Derive("a"));
    }
}
