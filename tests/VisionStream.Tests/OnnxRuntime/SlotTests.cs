using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using VisionStream.OnnxRuntime.Native;

namespace VisionStream.Tests.OnnxRuntime;

public sealed class SlotTests
{
    // Numbers that ONNX Runtime's own source holds fast with static assertions, for functions that are bound here and others.
    private static readonly Dictionary<string, int> Anchors = new()
    {
        ["Run"] = 9,
        ["CreateTensorWithDataAsOrtValue"] = 49,
        ["GetTensorMutableData"] = 51,
        ["ReleaseStatus"] = 93,
        ["ReleaseSession"] = 95,
        ["ReleaseCustomOpDomain"] = 101,
        ["ReleaseModelMetadata"] = 118,
        ["AddFreeDimensionOverrideByName"] = 124,
        ["ReleaseAvailableProviders"] = 126,
        ["SetGlobalSpinControl"] = 149,
        ["ReleaseArenaCfg"] = 157,
        ["GetCurrentGpuDeviceId"] = 161,
    };

    private static readonly FieldInfo[] Slots = typeof(OrtApi).GetFields(BindingFlags.Public | BindingFlags.Instance);

    [Fact]
    public void Anchored_functions_are_at_their_numbers()
    {
        var bound = Slots.Where(s => Anchors.ContainsKey(s.Name)).ToDictionary(s => s.Name, Number);

        Assert.Equal(8, bound.Count);
        Assert.All(bound, s => Assert.Equal(Anchors[s.Key], s.Value));
    }

    [Fact]
    public void Every_slot_has_a_number_of_its_own() => Assert.Equal(Slots.Length, Slots.Select(Number).Distinct().Count());

    [Fact]
    public async Task Every_slot_is_where_the_C_compiler_puts_it()
    {
        var header = NativeOnnxRuntime.Header();
        var names = Slots.Select(s => s.Name).Union(Anchors.Keys).ToArray();

        var numbers = await CCompiler.Run(
            $"""
            #include "{header}"
            #include <stddef.h>
            #include <stdio.h>
            int main(void) {"{"}
            {string.Join('\n', names.Select(n => $"  printf(\"{n} %zu\\n\", offsetof(struct OrtApi, {n}) / sizeof(void*));"))}
              return 0;
            {"}"}
            """);

        var inHeader = numbers.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' '))
            .ToDictionary(l => l[0], l => int.Parse(l[1], CultureInfo.InvariantCulture));
        Assert.Equal(names.Length, inHeader.Count);
        Assert.All(Slots, s => Assert.Equal((s.Name, inHeader[s.Name]), (s.Name, Number(s))));
        Assert.All(Anchors, a => Assert.Equal((a.Key, inHeader[a.Key]), (a.Key, a.Value)));
    }

    [Fact]
    public void Every_slot_has_the_signature_of_the_header()
    {
        var functions = CHeader.Functions(NativeOnnxRuntime.Header());

        Assert.All(Slots, slot =>
        {
            var c = functions[Number(slot)];
            var type = slot.GetModifiedFieldType();
            Assert.Equal(c.Name, slot.Name);
            Assert.True(type.IsUnmanagedFunctionPointer, slot.Name);
            Assert.Equal((slot.Name, c.Returns), (slot.Name, Kind(type.GetFunctionPointerReturnType())));
            Assert.Equal(
                $"{slot.Name}({string.Join(", ", c.Parameters)})",
                $"{slot.Name}({string.Join(", ", type.GetFunctionPointerParameterTypes().Select(Kind).Select(k => k == "status" ? "pointer" : k))})");
        });
    }

    private static int Number(FieldInfo slot) => slot.GetCustomAttribute<FieldOffsetAttribute>()!.Value / OrtApi.Slot;

    private static string Kind(Type modified)
    {
        var type = modified.UnderlyingSystemType;
        return type == typeof(void) ? "void"
            : type == typeof(int) ? "int"
            : type == typeof(long) ? "int64_t"
            : type == typeof(nuint) ? "size_t"
            : type.IsPointer && type.GetElementType() == typeof(OrtStatus) ? "status"
            : type == typeof(nint) || type.IsPointer || type.IsFunctionPointer ? "pointer"
            : type.ToString();
    }
}
