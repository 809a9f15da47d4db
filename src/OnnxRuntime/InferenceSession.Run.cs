using VisionStream.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

// Running the model.
public sealed unsafe partial class InferenceSession
{
    // A run passes four native arrays: names and values of inputs and outputs. Up to this many entries they lie on the stack
    // (512 bytes); detectors have one input and one to three outputs.
    private const int EntriesOnStack = 64;

    /// <summary>Runs the model and allocates its outputs.</summary>
    /// <param name="runOptions">Options of this run.</param>
    /// <param name="inputNames">Names of the inputs that are given.</param>
    /// <param name="inputValues">Their values, in the same order.</param>
    /// <param name="outputNames">Names of the outputs that are wanted.</param>
    /// <returns>The outputs in the order of their names; the caller disposes the collection.</returns>
    /// <exception cref="ArgumentException">There are not as many values as names.</exception>
    /// <exception cref="OnnxRuntimeException">A name is unknown, a value does not fit, or the model failed.</exception>
    public IDisposableReadOnlyCollection<OrtValue> Run(
        RunOptions runOptions, IReadOnlyCollection<string> inputNames, IReadOnlyCollection<OrtValue> inputValues, IReadOnlyCollection<string> outputNames)
    {
        ArgumentNullException.ThrowIfNull(runOptions);
        ArgumentNullException.ThrowIfNull(outputNames);
        var created = new nint[outputNames.Count];
        Run(runOptions, AsList(inputNames), AsList(inputValues), AsList(outputNames), null, created);
        return OrtValue.Take(created);
    }

    /// <summary>Runs the model into outputs that are there already. Allocates no managed memory when the collections are arrays or lists.</summary>
    /// <param name="runOptions">Options of this run; null for the defaults.</param>
    /// <param name="inputNames">Names of the inputs that are given.</param>
    /// <param name="inputValues">Their values, in the same order.</param>
    /// <param name="outputNames">Names of the outputs that are wanted.</param>
    /// <param name="outputValues">Tensors of the outputs' types and shapes, in the same order; the run overwrites them.</param>
    /// <exception cref="ArgumentException">There are not as many values as names.</exception>
    /// <exception cref="OnnxRuntimeException">A name is unknown, a value does not fit, or the model failed.</exception>
    public void Run(
        RunOptions? runOptions,
        IReadOnlyCollection<string> inputNames,
        IReadOnlyCollection<OrtValue> inputValues,
        IReadOnlyCollection<string> outputNames,
        IReadOnlyCollection<OrtValue> outputValues)
    {
        Run(runOptions, AsList(inputNames), AsList(inputValues), AsList(outputNames), AsList(outputValues), []);
    }

    /// <summary>A binding of this model's inputs and outputs to values, for <see cref="RunWithBinding"/>.</summary>
    public OrtIoBinding CreateIoBinding()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new OrtIoBinding(_session, _inputs, _outputs);
    }

    /// <summary>Runs the model with the inputs and outputs that are bound. Allocates no managed memory.</summary>
    /// <param name="runOptions">Options of this run.</param>
    /// <param name="ioBinding">A binding of this session; one run at a time may use it.</param>
    /// <exception cref="OnnxRuntimeException">An input is not bound or does not fit, or the model failed.</exception>
    public void RunWithBinding(RunOptions runOptions, OrtIoBinding ioBinding)
    {
        ArgumentNullException.ThrowIfNull(runOptions);
        ArgumentNullException.ThrowIfNull(ioBinding);
        ObjectDisposedException.ThrowIf(_disposed, this);
        using var session = new HandleLease(_session);
        using var options = new HandleLease(runOptions);
        using var binding = new HandleLease(ioBinding);
        NativeStatus.Check(OrtLibrary.Api->RunWithBinding(session.Pointer, options.Pointer, binding.Pointer));
    }

    /// <summary>As <see cref="RunWithBinding"/>, and returns the bound outputs; the caller disposes the collection.</summary>
    public IDisposableReadOnlyCollection<OrtValue> RunWithBoundResults(RunOptions runOptions, OrtIoBinding ioBinding)
    {
        RunWithBinding(runOptions, ioBinding);
        return ioBinding.GetOutputValues();
    }

    private void Run(
        RunOptions? runOptions,
        IReadOnlyList<string> inputNames,
        IReadOnlyList<OrtValue> inputValues,
        IReadOnlyList<string> outputNames,
        IReadOnlyList<OrtValue>? outputValues,
        Span<nint> created)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var (inputs, outputs) = (inputNames.Count, outputNames.Count);
        CheckCount(inputs, inputValues.Count, "input");
        CheckCount(outputs, outputValues?.Count ?? outputs, "output");
        var entries = 2 * (inputs + outputs);
        var block = entries <= EntriesOnStack ? stackalloc nint[EntriesOnStack] : new nint[entries];
        block.Clear();
        var (inputLeases, outputLeases) = (0, 0);
        using var session = new HandleLease(_session);
        using var options = new HandleLease(runOptions);
        try
        {
            WriteNames(inputNames, _inputs, block);
            WriteNames(outputNames, _outputs, block[inputs..]);
            var values = block[(inputs + outputs)..entries];
            for (; inputLeases < inputs; inputLeases++)
            {
                values[inputLeases] = inputValues[inputLeases].Acquire();
            }

            for (; outputValues is not null && outputLeases < outputs; outputLeases++)
            {
                values[inputs + outputLeases] = outputValues[outputLeases].Acquire();
            }

            fixed (nint* first = block)
            {
                var names = (byte**)first;
                var native = first + inputs + outputs;
                NativeStatus.Check(OrtLibrary.Api->Run(
                    session.Pointer, options.Pointer, names, native, (nuint)inputs, names + inputs, (nuint)outputs, native + inputs));
            }

            values.Slice(inputs, created.Length).CopyTo(created);
        }
        finally
        {
            for (var i = 0; i < inputLeases; i++)
            {
                inputValues[i].Release();
            }

            for (var i = 0; i < outputLeases; i++)
            {
                outputValues![i].Release();
            }

            GC.KeepAlive(_inputs);
            GC.KeepAlive(_outputs);
        }
    }

    private static IReadOnlyList<T> AsList<T>(IReadOnlyCollection<T> items) => items as IReadOnlyList<T> ?? [.. items];

    private static void CheckCount(int names, int values, string kind)
    {
        if (names != values)
        {
            throw new ArgumentException($"There are {names} {kind} names, but {values} {kind} values.");
        }
    }

    private static void WriteNames(IReadOnlyList<string> names, NodeNames known, Span<nint> to)
    {
        for (var i = 0; i < names.Count; i++)
        {
            to[i] = (nint)known[names[i]];
        }
    }
}
