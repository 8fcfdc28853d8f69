using System;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>What happens to an element that an update meets: the attribute reduction of ScatterElements and ScatterND.</summary>
internal static class ScatterReduction
{
    /// <exception cref="OperatorException">The reduction does not exist, or not for the type.</exception>
    public static StructLiteral Of(Attributes attributes, ElementType element)
    {
        var name = attributes.Get("reduction", "none");
        Type definition = name switch
        {
            "none" => typeof(Replace<>),
            "add" => typeof(Add<>),
            "mul" => typeof(Mul<>),
            "max" => typeof(Max<>),
            "min" => typeof(Min<>),
            _ => throw new OperatorException($"reduction=\"{name}\" is not one of none, add, mul, max, min"),
        };
        if (element == ElementType.Bool && name != "none")
        {
            // The sum and the larger of truth values are their disjunction, the product and the smaller their conjunction.
            return new StructLiteral(name is "add" or "max" ? typeof(Kernels.Or) : typeof(Kernels.And), []);
        }

        return name == "none" || element.IsNumber()
            ? ElementKinds.Operation(definition, element)
            : throw OperatorException.Unsupported($"reduction=\"{name}\" of {element.ShortName()} is not supported");
    }
}
