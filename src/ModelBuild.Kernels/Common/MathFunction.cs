namespace ModelBuild.Kernels;

/// <summary>The functions of <see cref="UnaryF64"/>.</summary>
internal enum MathFunction
{
    Exp,
    Log,
    Sqrt,
    Reciprocal,
    Abs,
    Neg,
    Ceil,
    Floor,
    Round,
    Sign,
    Sin,
    Cos,
    Tan,
    Asin,
    Acos,
    Atan,
    Sinh,
    Cosh,
    Tanh,
    Asinh,
    Acosh,
    Atanh,
    Erf,
    Sigmoid,
    Relu,
    Softplus,
    Softsign,
}
