using System.Net;
using Microsoft.Extensions.Configuration;
using VisionStream.Host.Configuration;

namespace VisionStream.Tests.MediaMtx.Deploy;

public class VisionStreamJsonTests
{
    [Fact]
    public void The_containers_configuration_is_one_that_the_service_takes()
    {
        var options = ServeOptionsReader.Read(new ConfigurationBuilder().AddJsonFile(DeployFile.PathOf("visionstream.json")).Build());
        Assert.Equal(new IPEndPoint(IPAddress.Any, 8765), options.Listen);
        Assert.Equal("/models/model.onnx", options.Defaults.Model);
    }
}
