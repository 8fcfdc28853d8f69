using System;
using System.Linq;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>What memory and spans can hold. Dimensions that are known only at run time count as 1; the generated class checks them when it is called.</summary>
internal static class ValueSize
{
    /// <summary>The longest array of bytes in .NET.</summary>
    public static readonly long MostBytes = Array.MaxLength;

    /// <exception cref="OperatorException">A value of that type cannot exist.</exception>
    public static void Require(string what, TensorType type)
    {
        if (!type.Element.IsSupported())
        {
            throw new OperatorException($"{what} would have the element type {type.Element}");
        }

        var sizes = type.Shape.Where(dim => dim.IsConstant).Select(dim => dim.Constant).ToArray();
        if (sizes.Any(size => size < 0))
        {
            throw new OperatorException($"{what} would be {type}");
        }

        var bytes = sizes.Aggregate((double)type.Element.SizeInBytes(), (product, size) => product * size);
        if (bytes > MostBytes)
        {
            throw TooLarge($"{what} would be {type}, which takes more than {MostBytes} bytes");
        }
    }

    public static OperatorException TooLarge(string what) => new(what, null, OperatorDiagnostics.TooLarge);
}
