using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>The derivatives of sums of products.</summary>
internal sealed partial class Derivatives
{
    private void MatMul(Node node, Value g)
    {
        // A vector is a matrix of one row or one column.
        var (a, b) = (node.Inputs[0]!, node.Inputs[1]!);
        var left = a.Type.Rank == 1 ? _f.Add("Unsqueeze", a, _f.Constant(0L)) : a;
        var right = b.Type.Rank == 1 ? _f.Add("Unsqueeze", b, _f.Constant(1L)) : b;
        g = b.Type.Rank == 1 ? _f.Add("Unsqueeze", g, _f.Constant(-1L)) : g;
        g = a.Type.Rank == 1 ? _f.Add("Unsqueeze", g, _f.Constant(-2L)) : g;
        GiveIfWanted(node, 0, operand => Like(Fit(_f.Add("MatMul", g, Turned(right)), left), operand));
        GiveIfWanted(node, 1, operand => Like(Fit(_f.Add("MatMul", Turned(left), g), right), operand));
    }

    private void Gemm(Node node, Value g)
    {
        var (a, b, attributes) = (node.Inputs[0]!, node.Inputs[1]!, node.Attributes);
        var (turnsA, turnsB) = (attributes.Flag("transA"), attributes.Flag("transB"));
        Value Product(Value left, bool turnsLeft, Value right, bool turnsRight) =>
            _f.Add("Gemm", Attributes.Of(("alpha", attributes.Get("alpha", 1f)), ("transA", turnsLeft ? 1 : 0), ("transB", turnsRight ? 1 : 0)), left, right);
        GiveIfWanted(node, 0, _ => turnsA ? Product(b, turnsB, g, true) : Product(g, false, b, !turnsB));
        GiveIfWanted(node, 1, _ => turnsB ? Product(g, true, a, turnsA) : Product(a, !turnsA, g, false));
        GiveIfWanted(node, 2, operand => Fit(_f.Add("Mul", g, attributes.Get("beta", 1f)), operand));
    }

    // By x it is a transposed convolution, by the weights a convolution of x, channels as images, with g as weights, where strides and dilations change places.
    private void Conv(Node node, Value g)
    {
        var (x, w, a) = (node.Inputs[0]!, node.Inputs[1]!, node.Attributes);
        var rank = x.Type.Rank - 2;
        if (!x.Type.IsStatic || !w.Type.IsStatic || a.Get("group", 1L) != 1 || a.Get("auto_pad", "NOTSET") is not ("NOTSET" or "VALID"))
        {
            throw OperatorException.Unsupported("the derivative of a Conv with groups, auto_pad or sizes that are not constant is not supported");
        }

        var ones = Enumerable.Repeat(1L, rank).ToArray();
        var (strides, dilations, pads) = (a.Ints("strides", ones), a.Ints("dilations", ones), a.Ints("pads", new long[2 * rank]));
        long Size(Value value, int axis) => value.Type[axis + 2].Constant;
        GiveIfWanted(node, 0, operand =>
        {
            // What the windows do not reach is the padding of the output.
            var unreached = Enumerable.Range(0, rank).Select(i => Size(x, i) - (((Size(g, i) - 1) * strides[i]) + (dilations[i] * (Size(w, i) - 1)) + 1 - pads[i] - pads[i + rank])).ToArray();
            return _f.Add("ConvTranspose", Attributes.Of(("strides", strides), ("dilations", dilations), ("pads", pads), ("output_padding", unreached)), g, w);
        });
        GiveIfWanted(node, 1, operand =>
        {
            long[] exchange = [1, 0, .. Enumerable.Range(2, rank)];
            Value Exchanged(Value value) => _f.Add("Transpose", Attributes.Of(("perm", exchange)), value);
            var all = Exchanged(_f.Add("Conv", Attributes.Of(("strides", dilations), ("dilations", strides), ("pads", pads)), Exchanged(x), Exchanged(g)));
            return _f.Add("Slice", all, _f.Constant(new long[rank]), _f.Constant([.. Enumerable.Range(0, rank).Select(i => Size(w, i))]), _f.Constant([.. Enumerable.Range(2, rank).Select(axis => (long)axis)]));
        });
        GiveIfWanted(node, 2, _ => _f.Add("ReduceSum", Attributes.Of(("keepdims", 0)), g, _f.Constant([0, .. Enumerable.Range(2, rank).Select(axis => (long)axis)])));
    }

    private Value Like(Value derivative, Value x) => derivative.Type.Rank == x.Type.Rank ? derivative : _f.Add("Reshape", derivative, _f.ShapeOf(x));

    private Value Turned(Value matrices)
    {
        var rank = matrices.Type.Rank;
        return _f.Add("Transpose", Attributes.Of(("perm", Enumerable.Range(0, rank).Select(axis => (long)(axis == rank - 1 ? rank - 2 : axis == rank - 2 ? rank - 1 : axis)).ToArray())), matrices);
    }
}
