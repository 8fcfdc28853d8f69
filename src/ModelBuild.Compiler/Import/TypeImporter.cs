using ModelBuild.Compiler.IR;
using ModelBuild.Onnx;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Import;

/// <summary>Translates declared types of inputs.</summary>
internal static class TypeImporter
{
    /// <summary>The type of an input, or null where a caller could not pass such a value.</summary>
    public static TensorType? Import(OnnxValueInfo info, SymbolTable symbols) =>
        info.Type is OnnxTensorType { Shape: { } shape } type && ((ElementType)(int)type.ElementType).IsSupported()
            ? new TensorType((ElementType)(int)type.ElementType, symbols.Import(info.Name, shape))
            : null;

    /// <summary>How messages name a type.</summary>
    public static string Text(OnnxType? type) => type switch
    {
        OnnxTensorType { Shape: null } => "tensor of unknown rank",
        OnnxTensorType tensor => $"tensor of {tensor.ElementType}",
        null => "(none)",
        _ => type.GetType().Name,
    };
}
