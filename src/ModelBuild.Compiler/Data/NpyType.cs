namespace ModelBuild.Compiler.Data;

/// <summary>The element types of an .npy file that have a meaning for a model's input. Complex, structured and pickled arrays have none.</summary>
internal enum NpyType
{
    Boolean,
    UInt8,
    UInt16,
    UInt32,
    UInt64,
    Int8,
    Int16,
    Int32,
    Int64,
    Float16,
    Float32,
    Float64,
    String,
}
