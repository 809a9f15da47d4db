namespace VisionStream.Tests.House;

public sealed class SourceFileTests
{
    [Fact]
    public void Comments_and_strings_say_nothing()
    {
        var file = new SourceFile(
            "src/Core/X.cs",
            """"
            // unsafe
            /* unsafe
               Line */
            var a = "unsafe \" Word"; var b = @"unsafe "" Word"; var c = """unsafe "Word" """; var d = '"'; Kept e;
            """");

        Assert.False(file.Says("unsafe"));
        Assert.Equal(["Kept"], file.Words);
    }

    [Fact]
    public void Types_and_the_namespace_are_found()
    {
        var file = new SourceFile(
            "src/Core/Frames/X.cs",
            "namespace VisionStream.Core.Frames;\npublic sealed record struct One(int A);\nenum Two { }\ninterface IThree { }\npublic delegate void Four(int a);\n");

        Assert.Equal(["One", "Two", "IThree", "Four"], file.DeclaredTypes);
        Assert.Equal("VisionStream.Core.Frames", file.Namespace);
        Assert.Equal(("src/Core/Frames", "Core", 5), (file.Folder, file.Project, file.Lines));
    }
}
