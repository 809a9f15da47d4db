using System.Net;
using Microsoft.Extensions.Configuration;
using VisionStream.Host.Configuration;

namespace VisionStream.Tests.MediaMtx.Deploy;

public class VisionStreamJsonTests
{
    [Fact]
    public void The_containers_configuration_is_one_that_the_service_takes()
    {
        // With the key that compose.yml asks for; without one the service would not listen there.
        var service = (Dictionary<object, object>)((Dictionary<object, object?>)DeployFile.Yaml("compose.yml")["services"]!)["visionstream"]!;
        var environment = ((Dictionary<object, object>)service["environment"]).ToDictionary(e => (string)e.Key, e => (string?)e.Value);
        var settings = environment.Where(e => e.Key.StartsWith("VISIONSTREAM__", StringComparison.Ordinal))
            .ToDictionary(e => e.Key["VISIONSTREAM__".Length..].Replace("__", ":", StringComparison.Ordinal), e => e.Value);
        var file = new ConfigurationBuilder().AddJsonFile(DeployFile.PathOf("visionstream.json"));
        Assert.Contains("no keys are configured", Assert.Throws<BadInputException>(() => ServeOptionsReader.Read(file.Build())).Message, StringComparison.Ordinal);

        var options = ServeOptionsReader.Read(file.AddInMemoryCollection(settings).Build());
        Assert.Equal(new IPEndPoint(IPAddress.Any, 8765), options.Listen);
        Assert.Equal("/models/model.onnx", options.Defaults.Model);
        Assert.Equal("admin", Assert.Single(Assert.Single(options.Access.Keys).Scopes).ToString());
        Assert.Equal("http://127.0.0.1:9997", options.MediaMtx?.Api);
    }
}
