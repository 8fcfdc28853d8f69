using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Import;

/// <summary>Computes nodes whose inputs are constant, by running the kernel calls that they lower to.</summary>
internal static class ConstantFolder
{
    // A small node may expand to anything (ConstantOfShape, Expand, Tile); folding must not make the model bigger than it helps.
    private const long LargestGrowth = 16 << 20;

    /// <summary>The outputs, or null where the node is not constant.</summary>
    /// <exception cref="OperatorException">The node is constant and breaks its operator's rules.</exception>
    public static IReadOnlyList<Tensor>? TryFold(Node node)
    {
        if (FromElements(node) is { } elements)
        {
            return [elements];
        }

        if (!node.Op.IsFoldable || node.Inputs.Any(input => input is { IsConstant: false }) || node.Outputs.Any(output => output is null || !output.Type.IsStatic))
        {
            return null;
        }

        var read = node.Inputs.OfType<Value>().Sum(input => (long)input.Constant!.Bytes.Length);
        var written = node.Outputs.Sum(output => (double)output!.Type.Length.Constant * output.Type.Element.SizeInBytes());
        return written > read + LargestGrowth ? null : Run(node);
    }

    /// <summary>Runs one node whose inputs are constant.</summary>
    public static IReadOnlyList<Tensor> Run(Node node)
    {
        var graph = new Graph(node.Op.Name, [], [], [.. node.Outputs.Select(output => new GraphOutput(output!.Name, output))], [node]);
        try
        {
            return new ProgramRunner(ProgramBuilder.Lower(graph)).Run([]);
        }
        catch (LoweringException exception)
        {
            throw exception.Problems[0].Cause;
        }
        catch (ArgumentException exception)
        {
            throw new OperatorException(exception.Message);
        }
    }

    // Shape arithmetic over sizes that turn out to be numbers.
    private static Tensor? FromElements(Node node)
    {
        if (node.Outputs is not [{ Elements: { } elements, Type: { Rank: <= 1 } type }] || !elements.All(element => element.IsConstant))
        {
            return null;
        }

        var values = elements.Select(element => element.Constant).ToArray();
        return type.Element switch
        {
            ElementType.Int64 => Tensor.Of<long>(values, [.. type.Shape.Select(dim => dim.Constant)]),
            ElementType.Int32 => Tensor.Of<int>([.. values.Select(value => checked((int)value))], [.. type.Shape.Select(dim => dim.Constant)]),
            _ => null,
        };
    }
}
