"""ONNX Runtime by ctypes: enough of its C API to run one float model with one input and one output on the CPU.

The library is found by the variable ONNXRUNTIME (a path to libonnxruntime.so.1), else by the loader. The API is a table
of function pointers whose order never changes between versions (onnxruntime_c_api.h says so); the numbers below are places
in it.
"""
import ctypes
import os

import numpy as np

API_VERSION = 12  # everything used here is older; any later library answers it
GET_ERROR_MESSAGE, CREATE_ENV, CREATE_SESSION, RUN, CREATE_SESSION_OPTIONS = 2, 3, 7, 9, 10
SET_INTRA_OP_NUM_THREADS, CREATE_TENSOR_WITH_DATA, GET_TENSOR_MUTABLE_DATA, CREATE_CPU_MEMORY_INFO = 24, 49, 51, 69
WARNING, FLOAT, DEVICE_ALLOCATOR, DEFAULT_MEMORY = 2, 1, 0, 0


class _ApiBase(ctypes.Structure):
    _fields_ = [("get_api", ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_uint32)),
                ("get_version", ctypes.CFUNCTYPE(ctypes.c_char_p))]


class Session:
    """One model, loaded. `run` takes the whole input as a float32 array and returns a copy of the output."""

    def __init__(self, path, input_shape, output_shape, threads=1, input_name="images", output_name="output0"):
        library = ctypes.CDLL(os.environ.get("ONNXRUNTIME", "libonnxruntime.so.1"))
        library.OrtGetApiBase.restype = ctypes.POINTER(_ApiBase)
        base = library.OrtGetApiBase().contents
        self.version = base.get_version().decode()
        table = base.get_api(API_VERSION)
        if not table:
            raise RuntimeError(f"ONNX Runtime {self.version} does not know API version {API_VERSION}")
        self._table = ctypes.cast(table, ctypes.POINTER(ctypes.c_void_p))
        self._input_shape, self._output_shape = input_shape, output_shape
        self._names = (ctypes.c_char_p * 1)(input_name.encode()), (ctypes.c_char_p * 1)(output_name.encode())
        environment, options, memory = ctypes.c_void_p(), ctypes.c_void_p(), ctypes.c_void_p()
        self._session = ctypes.c_void_p()
        self._call(CREATE_ENV, ctypes.c_int(WARNING), ctypes.c_char_p(b"evaluate"), ctypes.byref(environment))
        self._call(CREATE_SESSION_OPTIONS, ctypes.byref(options))
        self._call(SET_INTRA_OP_NUM_THREADS, options, ctypes.c_int(threads))
        self._call(CREATE_SESSION, environment, ctypes.c_char_p(os.fsencode(path)), options, ctypes.byref(self._session))
        self._call(CREATE_CPU_MEMORY_INFO, ctypes.c_int(DEVICE_ALLOCATOR), ctypes.c_int(DEFAULT_MEMORY), ctypes.byref(memory))
        self.input = np.zeros(input_shape, np.float32)
        dimensions = (ctypes.c_int64 * len(input_shape))(*input_shape)
        self._value = ctypes.c_void_p()
        self._call(CREATE_TENSOR_WITH_DATA, memory, self.input.ctypes.data_as(ctypes.c_void_p), ctypes.c_size_t(self.input.nbytes),
                   dimensions, ctypes.c_size_t(len(input_shape)), ctypes.c_int(FLOAT), ctypes.byref(self._value))
        self._result = ctypes.c_void_p()

    def _call(self, place, *arguments):
        kinds = [ctypes.c_void_p if isinstance(a, (ctypes.c_void_p, ctypes.Array)) or not isinstance(a, ctypes._SimpleCData) else type(a)
                 for a in arguments]
        status = ctypes.CFUNCTYPE(ctypes.c_void_p, *kinds)(self._table[place])(*arguments)
        if status:
            message = ctypes.CFUNCTYPE(ctypes.c_char_p, ctypes.c_void_p)(self._table[GET_ERROR_MESSAGE])(status)
            raise RuntimeError(f"ONNX Runtime {self.version}: {message.decode()}")

    def run(self, picture):
        np.copyto(self.input, picture)
        values = (ctypes.c_void_p * 1)(self._value.value)
        results = (ctypes.c_void_p * 1)(self._result.value)  # none at first; afterwards the same output, filled again
        self._call(RUN, self._session, ctypes.c_void_p(), ctypes.cast(self._names[0], ctypes.c_void_p),
                   ctypes.cast(values, ctypes.c_void_p), ctypes.c_size_t(1), ctypes.cast(self._names[1], ctypes.c_void_p),
                   ctypes.c_size_t(1), ctypes.cast(results, ctypes.c_void_p))
        self._result = ctypes.c_void_p(results[0])
        data = ctypes.c_void_p()
        self._call(GET_TENSOR_MUTABLE_DATA, self._result, ctypes.byref(data))
        flat = ctypes.cast(data, ctypes.POINTER(ctypes.c_float))
        return np.ctypeslib.as_array(flat, self._output_shape).copy()
