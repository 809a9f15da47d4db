namespace Microsoft.ML.OnnxRuntime;

/// <summary>What a value or a model's input or output is, with the numbers of the C API's <c>ONNXType</c>.</summary>
public enum OnnxValueType
{
    /// <summary>Not set.</summary>
    ONNX_TYPE_UNKNOWN = 0,

    /// <summary>A dense tensor, the only kind that detectors have.</summary>
    ONNX_TYPE_TENSOR = 1,

    /// <summary>A sequence of values.</summary>
    ONNX_TYPE_SEQUENCE = 2,

    /// <summary>A map.</summary>
    ONNX_TYPE_MAP = 3,

    /// <summary>An opaque object.</summary>
    ONNX_TYPE_OPAQUE = 4,

    /// <summary>A sparse tensor.</summary>
    ONNX_TYPE_SPARSETENSOR = 5,

    /// <summary>An optional value.</summary>
    ONNX_TYPE_OPTIONAL = 6,
}
