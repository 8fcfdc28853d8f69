using System;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>The forms of one operation of two operands in the kernel library.</summary>
/// <param name="Float">The vectorised form for floats with a float result; null where there is none.</param>
/// <param name="General">The definition that is generic in the element type; null where there is none.</param>
internal readonly record struct BinaryOperations(object? Float, Type? General)
{
    /// <summary>The general form for an element type.</summary>
    public StructLiteral? On(ElementType element) => General switch
    {
        null => null,
        _ when element.IsNarrow() => null,
        { IsGenericTypeDefinition: true } => ElementKinds.Operation(General, element),
        _ => new StructLiteral(General, []),
    };
}
