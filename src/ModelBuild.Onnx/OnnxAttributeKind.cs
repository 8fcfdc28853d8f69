namespace ModelBuild.Onnx;

/// <summary>What an attribute holds, with ONNX's own numbers.</summary>
public enum OnnxAttributeKind
{
    /// <summary>Not known: a reference whose author left out the type.</summary>
    Undefined = 0,

    /// <summary>A number of 32-bit floating point.</summary>
    Float = 1,

    /// <summary>A 64-bit integer.</summary>
    Int = 2,

    /// <summary>A byte string, most often UTF-8 text.</summary>
    String = 3,

    /// <summary>A tensor.</summary>
    Tensor = 4,

    /// <summary>A graph: the body of If, Loop, Scan and the like.</summary>
    Graph = 5,

    /// <summary>A list of <see cref="Float"/>.</summary>
    Floats = 6,

    /// <summary>A list of <see cref="Int"/>.</summary>
    Ints = 7,

    /// <summary>A list of <see cref="String"/>.</summary>
    Strings = 8,

    /// <summary>A list of <see cref="Tensor"/>.</summary>
    Tensors = 9,

    /// <summary>A list of <see cref="Graph"/>.</summary>
    Graphs = 10,

    /// <summary>A sparse tensor.</summary>
    SparseTensor = 11,

    /// <summary>A list of <see cref="SparseTensor"/>.</summary>
    SparseTensors = 12,

    /// <summary>A type.</summary>
    Type = 13,

    /// <summary>A list of <see cref="Type"/>.</summary>
    Types = 14,
}
