using System.Collections.Generic;

namespace ModelBuild.Compiler.IR;

/// <summary>A map: its keys, each of which stands there once, and the values of them, in any order.</summary>
/// <param name="Keys">[entries], texts or integers.</param>
/// <param name="Values">[entries].</param>
internal sealed record MapParts(Value Keys, Value Values) : ValueParts(ValueKind.Map, 0, Values)
{
    public override IEnumerable<Value> All => [Keys, Values];

    public override ValueParts With(IReadOnlyList<Value> parts) => new MapParts(parts[0], parts[1]);
}
