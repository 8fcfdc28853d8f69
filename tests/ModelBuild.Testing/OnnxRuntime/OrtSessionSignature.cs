using System.Collections.Generic;

namespace ModelBuild.Testing.OnnxRuntime;

/// <summary>Reads the declared inputs and outputs of a session.</summary>
internal static unsafe class OrtSessionSignature
{
    public static (IReadOnlyList<OrtValueInfo> Inputs, IReadOnlyList<OrtValueInfo> Outputs) Read(OrtApi api, nint session)
    {
        nuint inputCount = 0;
        nuint outputCount = 0;
        api.Check(api.SessionInputCount(session, &inputCount));
        api.Check(api.SessionOutputCount(session, &outputCount));
        return (ReadValues(api, session, inputCount, api.SessionInputName, api.SessionInputType),
            ReadValues(api, session, outputCount, api.SessionOutputName, api.SessionOutputType));
    }

    private static OrtValueInfo[] ReadValues(
        OrtApi api, nint session, nuint count, delegate* unmanaged<nint, nuint, nint, nint*, nint> getName, delegate* unmanaged<nint, nuint, nint*, nint> getType)
    {
        var values = new OrtValueInfo[(int)count];
        for (nuint i = 0; i < count; i++)
        {
            nint name = 0;
            nint type = 0;
            api.Check(getName(session, i, api.Allocator, &name));
            string text = OrtApi.Text(name);
            api.Check(api.Free(api.Allocator, name));
            api.Check(getType(session, i, &type));
            values[i] = ReadType(api, text, type);
            api.ReleaseTypeInfo(type);
        }

        return values;
    }

    private static OrtValueInfo ReadType(OrtApi api, string name, nint type)
    {
        nint tensor = 0;
        api.Check(api.TypeAsTensor(type, &tensor));
        if (tensor == 0)
        {
            return new OrtValueInfo(name, TensorType.Undefined, [], []);
        }

        (TensorType elementType, long[] dimensions) = OrtTensors.ReadShape(api, tensor);
        nint[] symbols = new nint[dimensions.Length];
        fixed (nint* s = symbols)
        {
            api.Check(api.SymbolicDimensions(tensor, s, (nuint)symbols.Length));
        }

        return new OrtValueInfo(name, elementType, dimensions, System.Array.ConvertAll(symbols, OrtApi.Text));
    }
}
