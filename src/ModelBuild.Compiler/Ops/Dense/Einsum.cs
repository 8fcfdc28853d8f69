using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Products of tensors summed over the indices that an equation leaves out. https://onnx.ai/onnx/operators/onnx__Einsum.html
/// Versions: 12. Two operands are multiplied as matrices; others element by element.
/// </summary>
internal sealed class Einsum : FunctionOp
{
    public override IReadOnlyList<int> Versions => [12];

    public override void Expand(FunctionContext f)
    {
        var equation = f.Attributes.Require<string>("equation").Replace(" ", string.Empty, StringComparison.Ordinal);
        var sides = equation.Split("->");
        var terms = sides[0].Split(',');
        if (terms.Length != f.InputCount || sides.Length > 2)
        {
            throw new OperatorException($"equation \"{equation}\" does not name {f.InputCount} operands");
        }

        // The axes of an ellipsis are called by digits, counted from the last.
        var labels = terms.Select((term, i) => Labels(term, f.Type(i).Rank)).ToArray();
        var ellipsis = labels.SelectMany(label => label.Where(char.IsAsciiDigit)).Distinct().OrderDescending().ToArray();
        var result = sides.Length == 2
            ? sides[1].Replace("...", new string(ellipsis), StringComparison.Ordinal)
            : new string([.. ellipsis, .. labels.SelectMany(label => label).Where(char.IsAsciiLetter).GroupBy(label => label).Where(group => group.Count() == 1).Select(group => group.Key).Order()]);
        var values = labels.Select((label, i) => Diagonals(f, f.Require(i), ref labels[i])).ToArray();
        var (value, names) = (values[0], labels[0]);
        for (var i = 1; i < values.Length; i++)
        {
            var later = result + string.Concat(labels.Skip(i + 1));
            (value, names) = Product(f, value, names, values[i], labels[i], later);
        }

        value = Sum(f, value, ref names, result);
        f.Output(0, Arranged(f, value, names, result));
    }

    private static string Labels(string term, int rank)
    {
        var letters = term.Replace("...", string.Empty, StringComparison.Ordinal);
        var missing = rank - letters.Length;
        if (missing < 0 || (missing > 0 && letters.Length == term.Length) || missing > 9 || letters.Any(letter => !char.IsAsciiLetter(letter)))
        {
            throw new OperatorException($"\"{term}\" does not name the axes of a tensor of rank {rank}");
        }

        return term.Replace("...", string.Concat(Enumerable.Range(0, missing).Reverse()), StringComparison.Ordinal);
    }

    // An index that occurs twice in an operand is its diagonal.
    private static Value Diagonals(FunctionContext f, Value x, ref string labels)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            var second = labels.IndexOf(labels[i], i + 1);
            if (second < 0)
            {
                continue;
            }

            x = WithSize(f, x, second, x.Type[i]);
            long[] Others(int axis) => [.. Enumerable.Range(0, x.Type.Rank).Where(other => other != axis).Select(other => (long)other)];
            Value Line(int axis) => f.Add("Unsqueeze", f.Add("Range", f.Constant(Tensor.Scalar(0L)), f.Add("Gather", f.ShapeOf(x), f.Constant(Tensor.Scalar((long)axis))), f.Constant(Tensor.Scalar(1L))), f.Constant(Others(axis)));
            var kept = f.Add("Where", f.Add("Equal", Line(i), Line(second)), x, f.Scalar(0, x.Type.Element));
            x = f.Add("ReduceSum", Attributes.Of(("keepdims", 0)), kept, f.Constant((long)second));
            labels = labels.Remove(second, 1);
            i--;
        }

        return x;
    }

    private static Value WithSize(FunctionContext f, Value x, int axis, Dim size) => x.Type[axis].Equals(size) ? x
        : x.Type[axis].IsConstant && size.IsConstant ? throw new OperatorException($"an index has the sizes {x.Type[axis]} and {size}")
        : f.Add($"{OwnDomain}.{nameof(AssumeSize)}", AssumeSize.Of(axis, size), x);

    private static Value Dropped(FunctionContext f, Value x, ref string labels, char label)
    {
        var axis = labels.IndexOf(label);
        labels = labels.Remove(axis, 1);
        return f.Add("Squeeze", x, f.Constant((long)axis));
    }

    // Indices that nothing later has are summed.
    private static Value Sum(FunctionContext f, Value x, ref string labels, string kept)
    {
        var axes = labels.Select((label, axis) => (label, axis)).Where(pair => !kept.Contains(pair.label)).Select(pair => (long)pair.axis).ToArray();
        if (axes.Length == 0)
        {
            return x;
        }

        labels = new string([.. labels.Where(kept.Contains)]);
        return f.Add("ReduceSum", Attributes.Of(("keepdims", 0)), x, f.Constant(axes));
    }

    private static Value Arranged(FunctionContext f, Value x, string labels, string order)
    {
        if (order.Length != labels.Length || !order.All(labels.Contains))
        {
            throw new OperatorException($"the result \"{order}\" does not name what is left, \"{labels}\"");
        }

        return order == labels ? x : f.Add("Transpose", Attributes.Of(("perm", (long[])[.. order.Select(label => (long)labels.IndexOf(label))])), x);
    }

    private static (Value Value, string Labels) Product(FunctionContext f, Value a, string aLabels, Value b, string bLabels, string later)
    {
        foreach (var label in aLabels.Intersect(bLabels))
        {
            var (aSize, bSize) = (a.Type[aLabels.IndexOf(label)], b.Type[bLabels.IndexOf(label)]);
            if (Broadcast.IsOne(aSize) != Broadcast.IsOne(bSize) && (aSize.IsConstant || bSize.IsConstant))
            {
                // One of the two repeats.
                (a, b) = Broadcast.IsOne(aSize) ? (Dropped(f, a, ref aLabels, label), b) : (a, Dropped(f, b, ref bLabels, label));
            }
            else if (!later.Contains(label))
            {
                // What stays is broadcast by the product; what is summed must be as long.
                (a, b) = bSize.IsConstant ? (WithSize(f, a, aLabels.IndexOf(label), bSize), b) : (a, WithSize(f, b, bLabels.IndexOf(label), aSize));
            }
        }

        a = Sum(f, a, ref aLabels, bLabels + later);
        b = Sum(f, b, ref bLabels, aLabels + later);
        var batch = new string([.. aLabels.Where(label => bLabels.Contains(label) && later.Contains(label))]);
        var summed = new string([.. aLabels.Where(label => bLabels.Contains(label) && !later.Contains(label))]);
        var rows = new string([.. aLabels.Where(label => !bLabels.Contains(label))]);
        var columns = new string([.. bLabels.Where(label => !aLabels.Contains(label))]);

        // [batch, rows, summed] times [batch, summed, columns], with as many axes as one of each.
        Dim Size(Value value, string labels, string wanted) => Dim.Product(wanted.Select(label => value.Type[labels.IndexOf(label)]));
        Value Matrix(Value value, string labels, string first, string second)
        {
            var turned = Arranged(f, value, labels, batch + first + second);
            return f.Add($"{OwnDomain}.{nameof(View)}", View.To([.. batch.Select(label => value.Type[labels.IndexOf(label)]), Size(value, labels, first), Size(value, labels, second)]), turned);
        }

        var product = f.Add("MatMul", Matrix(a, aLabels, rows, summed), Matrix(b, bLabels, summed, columns));
        Dim[] shape = [.. product.Type.Shape.Take(batch.Length), .. rows.Select(label => a.Type[aLabels.IndexOf(label)]), .. columns.Select(label => b.Type[bLabels.IndexOf(label)])];
        return (f.Add($"{OwnDomain}.{nameof(View)}", View.To(shape), product), batch + rows + columns);
    }
}
