using System.Collections.Generic;

namespace ModelBuild.Plan;

/// <summary>
/// One call of a kernel, as data: the compiler invokes it (to fold constants, to calibrate, to verify) and the generator prints it, so that what was tested is
/// what ships.
/// </summary>
/// <param name="Kernel">Class and method, for example <c>DenseF32.Run</c>.</param>
/// <param name="TypeArguments">Type arguments of the method.</param>
/// <param name="Arguments">One per parameter of the method, in its order.</param>
/// <param name="Nodes">Names of the ONNX nodes whose work this is.</param>
/// <param name="Note">One line for the comment above the call: shapes, cost; may be empty.</param>
public sealed record KernelCall(
    string Kernel,
    IReadOnlyList<TypeReference> TypeArguments,
    IReadOnlyList<Argument> Arguments,
    IReadOnlyList<string> Nodes,
    string Note);
