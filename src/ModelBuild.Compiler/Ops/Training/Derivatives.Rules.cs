using System;
using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>What each operator's inputs get of the derivative by its output.</summary>
internal sealed partial class Derivatives
{
    private void Step(Node node)
    {
        var name = node.Op.QualifiedName;
        if (name == "Split")
        {
            var parts = node.Outputs.Select(output => output is null ? throw OperatorException.Unsupported("the derivative of a Split with unused outputs is not supported") : By(output)).ToArray();
            Give(node.Input(0), _f.Add("Concat", Attributes.Of(("axis", node.Attributes.Get("axis", 0L))), parts));
            return;
        }

        if (node.Outputs.Skip(1).Any(output => output is not null && _sums.ContainsKey(output)))
        {
            throw OperatorException.Unsupported($"the derivative of {name} by its further outputs is not supported");
        }

        var (g, x, y) = (_sums[node.Output], node.Inputs.Count > 0 ? node.Inputs[0]! : node.Output, node.Output);
        if (Unary(node, name, g, x, y) is { } derivative)
        {
            Give(x, derivative);
            return;
        }

        switch (name)
        {
            case "Floor" or "Ceil" or "Round" or "Sign":
                break; // Constant in steps.
            case "Add" or "Sum" or "Mean" or "Max" or "Min":
                Variadic(node, name, g, y);
                break;
            case "Sub" or "Mul" or "Div" or "Pow":
                Binary(node, name, g, y);
                break;
            case "Where":
                for (var i = 1; i <= 2; i++)
                {
                    GiveIfWanted(node, i, operand => Fit(_f.Add("Where", x, i == 1 ? g : Zeros(g), i == 1 ? Zeros(g) : g), operand));
                }

                break;
            case "MatMul":
                MatMul(node, g);
                break;
            case "Gemm":
                Gemm(node, g);
                break;
            case "Conv":
                Conv(node, g);
                break;
            case "Concat":
                Concat(node, g);
                break;
            default:
                throw OperatorException.Unsupported($"the derivative of {name} is not supported");
        }
    }

    // The derivative by the first input, for operators that have one input of floats.
    private Value? Unary(Node node, string name, Value g, Value x, Value y)
    {
        var a = node.Attributes;
        Value Times(Value factor) => _f.Add("Mul", g, factor);
        Value Square(Value value) => _f.Add("Mul", value, value);
        Value IfPositive(Value value, Value otherwise) => _f.Add("Where", _f.Add("Greater", value, 0), g, otherwise);
        return name switch
        {
            "Identity" => g,
            "Neg" => _f.Add("Neg", g),
            "Abs" => Times(_f.Add("Sign", x)),
            "Exp" => Times(y),
            "Log" => _f.Add("Div", g, x),
            "Sqrt" => _f.Add("Div", g, _f.Add("Mul", y, 2)),
            "Reciprocal" => _f.Add("Neg", Times(Square(y))),
            "Sin" => Times(_f.Add("Cos", x)),
            "Cos" => _f.Add("Neg", Times(_f.Add("Sin", x))),
            "Tan" => Times(_f.Add("Add", Square(y), 1)),
            "Sinh" => Times(_f.Add("Cosh", x)),
            "Cosh" => Times(_f.Add("Sinh", x)),
            "Atan" => _f.Add("Div", g, _f.Add("Add", Square(x), 1)),
            "Tanh" => _f.Add("Sub", g, Times(Square(y))),
            "Sigmoid" => Times(_f.Add("Sub", y, Square(y))),
            "Softplus" => Times(_f.Add("Sigmoid", x)),
            "Erf" => Times(_f.Add("Mul", _f.Add("Exp", _f.Add("Neg", Square(x))), 2 / Math.Sqrt(Math.PI))),
            "Relu" => IfPositive(x, Zeros(g)),
            "LeakyRelu" => IfPositive(x, _f.Add("Mul", g, a.Get("alpha", 0.01f))),
            "Elu" => IfPositive(x, Times(_f.Add("Add", y, a.Get("alpha", 1f)))),
            "Clip" => _f.Add("Where", _f.Add("Equal", x, y), g, Zeros(g)),
            "Cast" => _f.As(g, x.Type.Element),
            "Reshape" or "Flatten" or "Squeeze" or "Unsqueeze" => _f.Add("Reshape", g, _f.ShapeOf(x)),
            "Expand" => Fit(g, x),
            "Transpose" => Transposed(g, a.Ints("perm")),
            "Slice" or "Gather" or "GatherElements" or "GatherND" or "Tile" or "DepthToSpace" or "SpaceToDepth" => Returned(node, g),
            "Softmax" or "LogSoftmax" => Softmax(node, name, g, y),
            "ReduceSum" or "ReduceMean" or "ReduceSumSquare" or "ReduceL2" or "ReduceLogSumExp" or "ReduceMax" or "ReduceMin" => Reduction(node, name, g, x, y),
            "GlobalAveragePool" => _f.Add("Div", _f.Add("Expand", g, _f.ShapeOf(x)), Ratio(x, y)),
            _ => null,
        };
    }

    private void GiveIfWanted(Node node, int input, Func<Value, Value> derivative)
    {
        if (Wants(node, input))
        {
            Give(node.Input(input), derivative(node.Input(input)!));
        }
    }

    private void Variadic(Node node, string name, Value g, Value y)
    {
        Value? count = null;
        Value Share(Value operand) => _f.As(_f.Add("Equal", operand, y), y.Type.Element);
        if (name is "Max" or "Min")
        {
            // Equal elements share.
            count = node.Inputs.Select(operand => Share(operand!)).Aggregate((sum, share) => _f.Add("Add", sum, share));
        }

        for (var i = 0; i < node.Inputs.Count; i++)
        {
            GiveIfWanted(node, i, operand => Fit(
                count is not null ? _f.Add("Mul", g, _f.Add("Div", Share(operand), count)) : name == "Mean" ? _f.Add("Mul", g, 1.0 / node.Inputs.Count) : g, operand));
        }
    }

    private void Binary(Node node, string name, Value g, Value y)
    {
        var (a, b) = (node.Inputs[0]!, node.Inputs[1]!);
        var same = _f.As(b, a.Type.Element);
        GiveIfWanted(node, 0, operand => Fit(
            name switch
            {
                "Sub" => g,
                "Mul" => _f.Add("Mul", g, b),
                "Div" => _f.Add("Div", g, b),
                _ => _f.Add("Mul", g, _f.Add("Mul", same, _f.Add("Pow", a, _f.Add("Sub", same, 1)))),
            },
            operand));
        GiveIfWanted(node, 1, operand => Fit(
            name switch
            {
                "Sub" => _f.Add("Neg", g),
                "Mul" => _f.Add("Mul", g, a),
                "Div" => _f.Add("Neg", _f.Add("Div", _f.Add("Mul", g, y), b)),
                _ => _f.As(_f.Add("Mul", g, _f.Add("Mul", y, _f.Add("Log", a))), operand.Type.Element),
            },
            operand));
    }

    private Value Softmax(Node node, string name, Value g, Value y)
    {
        var axis = InferContext.Axis(node.Attributes.Get("axis", node.Version < 13 ? 1L : -1L), y.Type.Rank);
        if (node.Version < 13 && axis != y.Type.Rank - 1)
        {
            throw OperatorException.Unsupported($"the derivative of {name} over several axes is not supported");
        }

        Value Total(Value value) => _f.Reduce("ReduceSum", value, [axis]);
        if (name == "Softmax")
        {
            return _f.Add("Mul", y, _f.Add("Sub", g, Total(_f.Add("Mul", g, y))));
        }

        return _f.Add("Sub", g, _f.Add("Mul", _f.Add("Exp", y), Total(g)));
    }

    private Value Reduction(Node node, string name, Value g, Value x, Value y)
    {
        var given = node.Attributes.Ints("axes") ?? node.Input(1)?.Constant?.ToInt64();
        if (node.Input(1) is { IsConstant: false })
        {
            throw OperatorException.Unsupported($"the derivative of {name} along axes that a run computes is not supported");
        }

        if (given is null or [] && node.Attributes.Flag("noop_with_empty_axes"))
        {
            given = [];
        }
        else
        {
            given = given is null or [] ? null : given;
        }

        long[] axes = given is null ? [.. Enumerable.Range(0, x.Type.Rank)] : [.. InferContext.Axes(given, x.Type.Rank)];
        Value Spread(Value value) => _f.Add("Expand", axes.Length == 0 || node.Attributes.Flag("keepdims", otherwise: true) ? value : _f.Add("Unsqueeze", value, _f.Constant(axes)), _f.ShapeOf(x));
        var spread = Spread(g);
        return name switch
        {
            "ReduceSum" => spread,
            "ReduceMean" => _f.Add("Div", spread, Ratio(x, y)),
            "ReduceSumSquare" => _f.Add("Mul", spread, _f.Add("Mul", x, 2)),
            "ReduceMax" or "ReduceMin" => _f.Add("Mul", spread, Shares(x, Spread(y), axes)),
            "ReduceL2" => _f.Add("Mul", spread, _f.Add("Div", x, Spread(y))),
            _ => _f.Add("Mul", spread, _f.Add("Exp", _f.Add("Sub", x, Spread(y)))),
        };
    }

    // Equal elements share.
    private Value Shares(Value x, Value extreme, long[] axes)
    {
        var are = _f.As(_f.Add("Equal", x, extreme), x.Type.Element);
        return _f.Add("Div", are, _f.Reduce("ReduceSum", are, axes));
    }

    // How many elements of x there are for each of y.
    private Value Ratio(Value x, Value y) => _f.Add("Div", _f.As(_f.Add("Size", x), x.Type.Element), _f.As(_f.Add("Size", y), x.Type.Element));

    private Value Transposed(Value g, long[]? order)
    {
        var rank = g.Type.Rank;
        var inverse = new long[rank];
        for (var i = 0; i < rank; i++)
        {
            inverse[order is null ? rank - 1 - i : order[i]] = i;
        }

        return _f.Add("Transpose", Attributes.Of(("perm", inverse)), g);
    }

    private void Concat(Node node, Value g)
    {
        var axis = InferContext.Axis(node.Attributes.Get("axis", 1L), g.Type.Rank);
        var sizes = _f.Add("Concat", Attributes.Of(("axis", 0)), [.. node.Inputs.Select(input => _f.Add("Gather", _f.ShapeOf(input!), _f.Constant((long)axis)))]);
        var parts = _f.AddAll("Split", node.Inputs.Count, Attributes.Of(("axis", axis)), g, sizes);
        foreach (var (input, part) in node.Inputs.Zip(parts))
        {
            Give(input, part);
        }
    }
}
